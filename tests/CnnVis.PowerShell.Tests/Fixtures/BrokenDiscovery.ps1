Describe 'broken' {
    It 'never runs' { }
    Get-Nothing
}
