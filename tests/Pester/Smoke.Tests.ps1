Describe 'The clone' {
    It 'has <_> at its top' -ForEach 'CnnVis.PowerShell.sln', 'src', 'tests' {
        "$PSScriptRoot/../../$_" | Should -Exist
    }
}
