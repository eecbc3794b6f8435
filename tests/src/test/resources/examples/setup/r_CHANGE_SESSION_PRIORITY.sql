select change_session_priority(-1, 'lowest');
