# Each test fails, and its name is how its message begins.
Describe 'Should' {
    BeforeAll {
        function Get-Sample { [CmdletBinding()] param([Parameter(Mandatory)] [string] $Name, [int] $Count) }
        Set-Content TestDrive:/text.txt 'one', 'Two'
    }
    It 'Expected 3, but got 4.' { 4 | Should -Be 3 }
    It 'Expected 3, because it is so, but got 4.' { 4 | Should -Be 3 -Because 'it is so' }
    It 'Expected @(1, 2), but got @(1, 3).' { 1, 3 | Should -Be 1, 2 } # Pester 6 says more.
    It 'Expected 1, but got @(1, 2).' { 1, 2 | Should -Be 1 }
    It 'Expected $null, but got $false.' { $false | Should -Be $null }
    It 'Expected strings to be the same, but they were different.' { 'abc' | Should -Be 'abd' }
    It 'Expected 3 to be different from the actual value, but got the same value.' { 3 | Should -Not -Be 3 }
    It 'Expected strings to be the same, but they were different. ' { 'abc' | Should -BeExactly 'aBc' }
    It 'Expected exactly 3, but got 4.' { 4 | Should -BeExactly 3 }
    It "Expected 'a' to be different from the actual value, but got exactly the same value." { 'a' | Should -Not -BeExactly 'a' }
    It 'Expected the actual value to be greater than 2, but got 2.' { 3, 2 | Should -BeGreaterThan 2 }
    It 'Expected the actual value to be less than or equal to 2, but got 3.' { 3 | Should -Not -BeGreaterThan 2 }
    It 'Expected the actual value to be greater than or equal to 2, but got 1.' { 1 | Should -BeGreaterOrEqual 2 }
    It 'Expected the actual value to be less than 2, but got 2.' { 2 | Should -BeLessThan 2 }
    It 'Expected the actual value to be less than 2, but got 3.' { 3 | Should -Not -BeGreaterOrEqual 2 }
    It 'Expected the actual value to be greater than or equal to 2, but got 1. ' { 1 | Should -Not -BeLessThan 2 }
    It 'Expected the actual value to be less than or equal to 2, but got 3. ' { 3 | Should -BeLessOrEqual 2 }
    It 'Expected the actual value to be greater than 2, but got 2. ' { 2 | Should -Not -BeLessOrEqual 2 }
    It 'Expected $null or empty, but got 0.' { 0 | Should -BeNullOrEmpty }
    It 'Expected a value, but got $null or empty.' { '' | Should -Not -BeNullOrEmpty }
    It 'Expected $true, but got 0.' { 0 | Should -BeTrue }
    It 'Expected $false, but got $true.' { $true | Should -Not -BeTrue }
    It "Expected `$false, but got 'a'." { 'a' | Should -BeFalse }
    It 'Expected $true, but got $null.' { $null | Should -Not -BeFalse }
    It 'Expected the value to have type [string] or any of its subtypes, but got 1 with type [int].' { 1 | Should -BeOfType ([string]) }
    It 'Expected the value to not have type [int] or any of its subtypes, but got 1 with type [int].' { 1 | Should -Not -BeOfType int }
    It "Expected like wildcard 'b*' to match 'a', but it did not match." { 'a' | Should -BeLike 'b*' }
    It "Expected like wildcard 'A*' to not match 'a', but it did match." { 'a' | Should -Not -BeLike 'A*' }
    It "Expected case sensitive like wildcard 'A*' to match 'a', but it did not match." { 'a' | Should -BeLikeExactly 'A*' }
    It "Expected case sensitive like wildcard 'a*' to not match 'a', but it did match." { 'a' | Should -Not -BeLikeExactly 'a*' }
    It "Expected regular expression 'b' to match 'a', but it did not match." { 'a' | Should -Match 'b' }
    It "Expected regular expression 'A' to not match 'a', but it did match." { 'a' | Should -Not -Match 'A' }
    It "Expected regular expression 'A' to case sensitively match 'a', but it did not match." { 'a' | Should -MatchExactly 'A' }
    It "Expected regular expression 'a' to not case sensitively match 'a', but it did match." { 'a' | Should -Not -MatchExactly 'a' }
    It 'Expected 3 to be found in collection @(1, 2), but it was not found.' { 1, 2 | Should -Contain 3 }
    It 'Expected 2 to not be found in collection @(1, 2), but it was found.' { 1, 2 | Should -Not -Contain 2 }
    It 'Expected collection @(1, 2) to contain 3, but it was not found.' { 3 | Should -BeIn 1, 2 }
    It 'Expected collection @(1, 2) to not contain 2, but it was found.' { 2 | Should -Not -BeIn 1, 2 }
    It 'Expected a collection with size 3, but got collection with size 2 @(1, 2).' { 1, 2 | Should -HaveCount 3 }
    It 'Expected a collection with size different from 2, but got collection with that size @(1, 2).' { 1, 2 | Should -Not -HaveCount 2 }
    It 'Expected an empty collection, but got collection with size 1 ' { 1 | Should -HaveCount 0 }
    It 'Expected a non-empty collection, but got an empty collection.' { @() | Should -Not -HaveCount 0 }
    It "Expected path 'TestDrive:/none' to exist, but it did not exist." { 'TestDrive:/none' | Should -Exist }
    It "Expected path 'TestDrive:/text.txt' to not exist, but it did exist." { 'TestDrive:/text.txt' | Should -Not -Exist }
    It "Expected 'three' to be found in file 'TestDrive:/text.txt', but it was not found." { 'TestDrive:/text.txt' | Should -FileContentMatch 'three' }
    It "Expected 'two' to not be found in file 'TestDrive:/text.txt', but it was found." { 'TestDrive:/text.txt' | Should -Not -FileContentMatch 'two' }
    It 'Expected an exception to be thrown, but no exception was thrown.' { { 1 } | Should -Throw }
    It 'Expected no exception to be thrown, but an exception "abc" was thrown' { { throw 'abc' } | Should -Not -Throw }
    It "Expected an exception with message like 'x*' to be thrown, but the message was 'abc'." { { throw 'abc' } | Should -Throw 'x*' }
    It "Expected an exception with FullyQualifiedErrorId 'x' to be thrown, but the FullyQualifiedErrorId was 'abc'." { { throw 'abc' } | Should -Throw -ErrorId x }
    It 'Expected an exception with type [System.IO.IOException] to be thrown, but the exception type was [System.Management.Automation.RuntimeException].' { { throw 'abc' } | Should -Throw -ExceptionType ([System.IO.IOException]) }
    It "Input is missing or not a ScriptBlock." { 'abc' | Should -Throw }
    It 'Expected command Get-Sample to have a parameter Other, but the parameter is missing.' { Get-Command Get-Sample | Should -HaveParameter Other }
    It 'Expected command Get-Sample to not have a parameter Name, but the parameter exists.' { Get-Command Get-Sample | Should -Not -HaveParameter Name }
    It "Expected command Get-Sample to have a parameter Count, which is mandatory, but it wasn't mandatory." { Get-Command Get-Sample | Should -HaveParameter Count -Mandatory }
    It 'Expected command Get-Sample to have a parameter Count, of type [System.String], but it was of type [System.Int32].' { Get-Command Get-Sample | Should -HaveParameter Count -Type string }
    It 'Input value must be non-null CommandInfo object.' { 'Get-Sample' | Should -HaveParameter Name }
}
