create database tickit;
use tickit