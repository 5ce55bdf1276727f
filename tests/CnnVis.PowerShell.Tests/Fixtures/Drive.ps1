Describe 'TestDrive' {
    BeforeAll { Set-Content TestDrive:/shared.txt 'shared' }
    It 'is a folder' { $TestDrive | Should -Exist; Test-Path TestDrive:/ -PathType Container | Should -BeTrue }
    It 'keeps what a test makes' { Set-Content $TestDrive/made.txt 'made' }
    It 'for the rest of the block' { 'TestDrive:/made.txt' | Should -Exist }
    Context 'inner' {
        BeforeAll {
            $null = New-Item TestDrive:/folder/deep -ItemType Directory
            Set-Content TestDrive:/folder/deep/inner.txt 'inner'
        }
        It 'sees the files around it' { 'TestDrive:/shared.txt' | Should -FileContentMatch 'shared' }
    }
    It 'loses what a Context made' { (Get-ChildItem TestDrive:/ -Recurse).Name | Should -Be 'made.txt', 'shared.txt' }
}
Describe 'another' {
    It 'is empty again' { Get-ChildItem TestDrive:/ | Should -BeNullOrEmpty }
    It 'tells where it was' { throw "folder: $TestDrive" }
}
