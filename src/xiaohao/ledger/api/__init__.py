"""The registers for other programs: JSON with the permissions, forms and refusals of the pages."""
