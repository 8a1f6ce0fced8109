SELECT load_as_at($as_at) AS load;
