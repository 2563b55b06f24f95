"""The database: tables, transactions, jobs, and what is read for showing."""
