SELECT code FROM indicators ORDER BY position;
