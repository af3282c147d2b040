"""Write what the site publishes for programs: JSON, schemas, llms.txt and Markdown copies of pages."""
