FROM units ORDER BY position;
