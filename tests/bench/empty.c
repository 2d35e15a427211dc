/* The least a C program can cost: what `dxsearch` is compared with. */
int main(void) { return 0; }
