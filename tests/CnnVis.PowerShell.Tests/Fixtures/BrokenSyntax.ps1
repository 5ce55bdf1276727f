Describe 'broken' {
    It 'never ends' {
}
