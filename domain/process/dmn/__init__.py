"""Decision tables (决策表): DMN tables of one decision each, hit policies U, A, F, R and C.

model     a table ready to be played; its cells and expressions are compiled once
types     the types of columns, and which values fit them
reading   from the elements of a DMN file to tables, with a fault for whatever cannot be played
judging   rows that overlap, cases that no row answers, rows that never hit – each with a witness
playing   the answer of a table: its value, which rows hit, and why the others did not
"""
