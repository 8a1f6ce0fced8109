SELECT page_opens(month_start($month)) AS month;
