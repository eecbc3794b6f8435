create user adminwlm password disable createuser;
