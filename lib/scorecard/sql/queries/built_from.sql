SELECT built_from FROM about;
