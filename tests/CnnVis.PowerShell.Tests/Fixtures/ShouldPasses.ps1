Describe 'Should' {
    BeforeAll {
        function Get-Sample { [CmdletBinding()] param([Parameter(Mandatory)] [Alias('N')] [string] $Name, [int] $Count) }
        Set-Content TestDrive:/text.txt 'one', 'Two'
    }
    It 'Be' { 3 | Should -Be 3; 'a' | Should -Be 'A'; '3' | Should -Be 3; @(1, 2) | Should -Be @(1, 2); $null | Should -Be $null; @() | Should -Be @(); 0.5 | Should -Be 0.5 }
    It 'Be, nested' { @(1, @(2, 3)) | Should -Be @(1, @(2, 3)); , @(1, 2) | Should -Not -Be @(1, 2) }
    It 'Not Be' { 3 | Should -Not -Be 4; @(1, 2) | Should -Not -Be @(2, 1); @(1, 2) | Should -Not -Be @(1, 2, 3); $null | Should -Not -Be 0; 0.1 | Should -Not -Be ([float]0.1) }
    It 'BeExactly' { 'a' | Should -BeExactly 'a'; 'a' | Should -Not -BeExactly 'A'; 'a', 'B' | Should -BeExactly 'a', 'B' }
    It 'BeGreaterThan' { 3, 4 | Should -BeGreaterThan 2; 2 | Should -Not -BeGreaterThan 2 }
    It 'BeGreaterOrEqual' { 2 | Should -BeGreaterOrEqual 2; 1 | Should -Not -BeGreaterOrEqual 2 }
    It 'BeLessThan' { 1 | Should -BeLessThan 2; 2 | Should -Not -BeLessThan 2 }
    It 'BeLessOrEqual' { 2 | Should -BeLessOrEqual 2; 3 | Should -Not -BeLessOrEqual 2 }
    It 'BeNullOrEmpty' { $null, '', @(), @{} | ForEach-Object { $_ | Should -BeNullOrEmpty }; 0, 'a', $false | ForEach-Object { $_ | Should -Not -BeNullOrEmpty } }
    It 'BeTrue' { $true, 1, 'a' | Should -BeTrue; $false | Should -Not -BeTrue }
    It 'BeFalse' { $false, 0, '' | Should -BeFalse; $null | Should -BeFalse; $true | Should -Not -BeFalse }
    It 'BeOfType' { 1 | Should -BeOfType [int]; 1 | Should -BeOfType int; 'a', 'b' | Should -BeOfType ([string]); 1 | Should -Not -BeOfType ([string]) }
    It 'BeLike' { 'layer' | Should -BeLike 'LAY*'; 'layer' | Should -Not -BeLike 'lay' }
    It 'BeLikeExactly' { 'layer' | Should -BeLikeExactly 'lay*'; 'layer' | Should -Not -BeLikeExactly 'LAY*' }
    It 'Match' { 'conv1' | Should -Match '^CONV\d$'; 'conv1' | Should -Not -Match '^\d' }
    It 'MatchExactly' { 'conv1' | Should -MatchExactly '^conv\d$'; 'conv1' | Should -Not -MatchExactly 'CONV' }
    It 'Contain' { 1, 2 | Should -Contain 2; 'a' | Should -Contain 'A'; 1, 2 | Should -Not -Contain 3 }
    It 'BeIn' { 1, 2 | Should -BeIn 1, 2, 3; 4 | Should -Not -BeIn 1, 2 }
    It 'HaveCount' { 1, 2 | Should -HaveCount 2; @() | Should -HaveCount 0; $null | Should -HaveCount 1; 1 | Should -Not -HaveCount 2 }
    It 'Exist' { 'TestDrive:/text.txt' | Should -Exist; 'TestDrive:/*.txt' | Should -Exist; 'TestDrive:/none' | Should -Not -Exist }
    It 'FileContentMatch' { 'TestDrive:/text.txt' | Should -FileContentMatch '^TWO$'; "$TestDrive/text.txt" | Should -Not -FileContentMatch 'three' }
    It 'Throw' {
        { throw 'no such layer' } | Should -Throw
        { throw 'no such layer' } | Should -Throw 'no such *'
        { throw 'no such layer' } | Should -Throw -ExpectedMessage '*LAYER'
        { throw [System.IO.FileNotFoundException]::new('gone') } | Should -Throw -ExceptionType ([System.IO.IOException])
        { Get-Nothing } | Should -Throw -ErrorId 'Command*'
        { Get-Item TestDrive:/none -ErrorAction Stop } | Should -Throw -ErrorId 'PathNotFound*'
        { 1 } | Should -Not -Throw
        { Write-Error 'said only' -ErrorAction Continue } | Should -Not -Throw
    }
    It 'Throw with PassThru' {
        $record = { throw 'abc' } | Should -Throw -PassThru
        $record | Should -BeOfType ([System.Management.Automation.ErrorRecord])
        $record.Exception.Message | Should -Be 'abc'
    }
    It 'Throw, whose block sees the test' {
        $value = 'seen'
        { throw $value } | Should -Throw 'seen'
    }
    It 'HaveParameter' {
        $command = Get-Command Get-Sample
        $command | Should -HaveParameter Name
        $command | Should -HaveParameter Name -Mandatory -Type ([string]) -Alias N
        $command | Should -HaveParameter Count -Type int
        $command | Should -HaveParameter Count -Not -Mandatory
        $command | Should -Not -HaveParameter Other
    }
    It 'says nothing' { @(1 | Should -Be 1).Count | Should -Be 0 }
}
