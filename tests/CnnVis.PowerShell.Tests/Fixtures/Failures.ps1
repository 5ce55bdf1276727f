Describe 'failures' {
    It 'of an assertion' {
        4 |
            Should -Be 3 -Because 'three is asked for'
        throw 'ran on'
    }
    It 'of a command that does not exist' { Get-Nothing; throw 'ran on' }
    It 'of an operator that does not exist' { 3 | Should -BeThreeish }
    It 'of no operator' { 3 | Should }
    It 'of the old syntax' { 3 | Should Be 4 }
    It 'of a value that is not piped' { Should -ActualValue 1 -Be 1 }
    It 'of a type that does not exist' { 1 | Should -Not -BeOfType Nothing }
    It 'of a method' { [int]::Parse('x'); throw 'ran on' }
    It 'of mocks, which are not understood' { Mock Get-Item { } }
    It 'of a break that finds no loop' { break nowhere }
    It 'of exit' { exit 0 }
    It 'of a Describe that is run' { Describe 'late' { } }
    It 'of a parameter that a stand-in lacks' { Get-Content x -Tail 3 }
    It 'is not an error that does not terminate' { Write-Error 'said only'; $true | Should -BeTrue }
    It 'is not a return' { return }
    Context 'BeforeAll' {
        BeforeAll { throw 'no model' }
        It 'one' { }
        Context 'nested' { It 'two' { } }
        It 'skipped' -Skip { }
    }
    Context 'AfterAll' {
        AfterAll { throw 'still locked' }
        It 'three' { }
    }
    Context 'BeforeEach' {
        BeforeEach { throw 'not ready' }
        It 'four' { throw 'ran' }
    }
    Context 'AfterEach' {
        AfterEach { throw 'left over' }
        It 'five' { }
    }
    It 'do not stop what follows' { }
}
