FROM indicators ORDER BY position;
