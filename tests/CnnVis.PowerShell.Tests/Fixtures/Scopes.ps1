$readAtDiscovery = 1
function DefinedAtDiscovery { }
BeforeAll {
    $shared = 'file'
    function Get-Shared { $shared }
}
Describe 'scopes' {
    $inBody = 1
    BeforeAll { $own = 'block' }
    It 'sees the variables and functions of BeforeAll' {
        $shared, $own | Should -Be 'file', 'block'
        Get-Shared | Should -Be 'file'
    }
    It 'sets variables' {
        $shared = 'test'
        $left = 1
        Get-Shared | Should -Be 'test'
    }
    It 'sees none of another test' { $shared, $left | Should -Be 'file', $null }
    It 'sees none of discovery' {
        $readAtDiscovery, $inBody | Should -Be $null, $null
        { DefinedAtDiscovery } | Should -Throw -ErrorId CommandNotFoundException
    }
    It 'sees none of the runner' { $inside, $block, $data, $test, $body | Should -Be $null, $null, $null, $null, $null }
    It 'shares its scope with BeforeEach and AfterEach' { $each | Should -Be 1; $each = 2 }
    BeforeEach { $each = 1 }
    AfterEach { $each | Should -BeIn 1, 2 }
    Context 'inner' {
        BeforeAll { $shared = 'inner' }
        It 'sees the nearest' { $shared, $own | Should -Be 'inner', 'block' }
    }
    Context 'next' {
        It 'sees none of its neighbour' { $shared | Should -Be 'file' }
    }
    It 'knows where it is' { $PSScriptRoot, $PSCommandPath | Split-Path -Leaf | Should -Be 'Fixtures', 'Scopes.ps1' }
}
