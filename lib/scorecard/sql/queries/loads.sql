FROM loads ORDER BY load;
