project = 'Lantern'
