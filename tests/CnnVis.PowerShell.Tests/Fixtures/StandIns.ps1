# Written for the real commands: what passes here must pass in pwsh.
Describe 'stand-ins' {
    BeforeAll {
        $null = New-Item TestDrive:/a/b -ItemType Directory
        'x', 'y' | Set-Content TestDrive:/a/t.txt
    }
    It 'list' {
        (Get-ChildItem TestDrive:/ -Recurse).Name | Should -Be 'a', 'b', 't.txt'
        (Get-ChildItem TestDrive:/a -File).FullName | Should -Be (Join-Path $TestDrive a t.txt)
        Get-ChildItem TestDrive:/a -Directory -Name | Should -Be 'b'
        (Get-ChildItem TestDrive:/a -Filter *.txt).Extension | Should -Be '.txt'
        (Get-Item TestDrive:/a/t.txt).Length | Should -BeGreaterThan 3
    }
    It 'read' {
        Get-Content TestDrive:/a/t.txt | Should -Be 'x', 'y'
        Get-Content $TestDrive/a/t.txt -TotalCount 1 | Should -Be 'x'
        Get-Content TestDrive:/a/t.txt -Raw | Should -Be "x$([Environment]::NewLine)y$([Environment]::NewLine)"
        Get-ChildItem TestDrive:/a -File | Get-Content | Should -HaveCount 2
        Get-Content TestDrive:/a/t.txt -AsByteStream -TotalCount 1 | Should -Be 120
    }
    It 'write' {
        Set-Content TestDrive:/w.txt 'one', 'two' -NoNewline
        Get-Content TestDrive:/w.txt -Raw | Should -BeExactly 'onetwo'
        Set-Content TestDrive:/w.bin ([byte[]](1, 2)) -AsByteStream
        (Get-Item TestDrive:/w.bin).Length | Should -Be 2
        Remove-Item TestDrive:/w.txt, TestDrive:/w.bin
        'TestDrive:/w.txt' | Should -Not -Exist
    }
    It 'copy, move and remove' {
        Copy-Item TestDrive:/a/t.txt TestDrive:/b.txt
        Copy-Item TestDrive:/a TestDrive:/copy -Recurse
        'TestDrive:/copy/t.txt' | Should -Exist
        Move-Item TestDrive:/b.txt TestDrive:/c.txt
        'TestDrive:/b.txt' | Should -Not -Exist
        Get-ChildItem TestDrive:/c.txt | Remove-Item
        Remove-Item TestDrive:/copy -Recurse
        Get-ChildItem TestDrive:/ -Name | Should -Be 'a'
    }
    It 'test paths' {
        Test-Path TestDrive:/a -PathType Container | Should -BeTrue
        Test-Path TestDrive:/a -PathType Leaf | Should -BeFalse
        Test-Path TestDrive:/none | Should -BeFalse
        Split-Path /a/b.txt -Leaf | Should -Be 'b.txt'
        Split-Path /a/b.txt -LeafBase | Should -Be 'b'
        (Resolve-Path TestDrive:/a).Path | Should -BeLike '*a'
        Convert-Path TestDrive:/a | Should -Be (Join-Path $TestDrive a)
    }
    It 'change the place' {
        Push-Location TestDrive:/a
        Get-ChildItem -Name | Should -Be 'b', 't.txt'
        Pop-Location
        (Get-Location).Path | Should -Not -BeLike 'TestDrive*'
    }
    It 'report errors as the real ones do' {
        Get-Item TestDrive:/none -ErrorAction SilentlyContinue -ErrorVariable problem | Should -BeNullOrEmpty
        $problem | Should -HaveCount 1
        { Get-ChildItem TestDrive:/none -ErrorAction Stop } | Should -Throw -ErrorId 'PathNotFound*'
        { $ErrorActionPreference = 'Stop'; Get-Content TestDrive:/none } | Should -Throw
    }
    It 'find nothing for a wildcard without an error' {
        { Get-ChildItem TestDrive:/*.none -ErrorAction Stop } | Should -Not -Throw
        Get-Item TestDrive:/*.none | Should -BeNullOrEmpty
    }
    It 'write messages' {
        Write-Warning 'careful' 3>&1 | Should -BeOfType ([System.Management.Automation.WarningRecord])
        Write-Warning 'careful' -WarningVariable warning -WarningAction SilentlyContinue
        $warning | Should -Be 'careful'
        { Write-Error 'bad' -ErrorAction Stop } | Should -Throw 'bad' -ErrorId '*WriteErrorException*'
        { $ErrorActionPreference = 'Stop'; Write-Error 'bad' -ErrorId Ours } | Should -Throw 'bad' -ErrorId 'Ours*'
        Write-Output 1, 2 | Should -HaveCount 2
        Write-Host 'x' 6>&1 | Should -Be 'x'
        Write-Verbose 'x' -Verbose 4>&1 | Should -Be 'x'
    }
    It 'sort' {
        3, 1, 2, 1 | Sort-Object | Should -Be 1, 1, 2, 3
        3, 1, 2, 1 | Sort-Object -Unique -Descending | Should -Be 3, 2, 1
        'bb', 'c', 'aa' | Sort-Object Length, { $_ } | Should -Be 'c', 'aa', 'bb'
        'bb', 'c', 'aa' | Sort-Object @{ Expression = 'Length'; Descending = $true }, { $_ } | Should -Be 'aa', 'bb', 'c'
        (@{ a = 1; b = 2 }).Keys | Sort-Object | Should -Be 'a', 'b'
    }
    It 'select' {
        3, 1, 2, 1 | Select-Object -Unique | Should -Be 3, 1, 2
        1..9 | Select-Object -First 2 -Skip 1 | Should -Be 2, 3
        1..9 | Select-Object -Last 2 | Should -Be 8, 9
        'a', 'bb' | Select-Object -ExpandProperty Length | Should -Be 1, 2
        $object = [pscustomobject]@{ A = 1; B = 2; AB = 3 } | Select-Object A, @{ Name = 'C'; Expression = { $_.B + 1 } }
        $object.PSObject.Properties.Name | Should -Be 'A', 'C'
        $object.C | Should -Be 3
        ([pscustomobject]@{ A = 1; B = 2; AB = 3 } | Select-Object A*).PSObject.Properties.Name | Should -Be 'A', 'AB'
    }
    It 'measure and group' {
        $measured = 1..4 | Measure-Object -Sum -Average -Maximum
        $measured.Count, $measured.Sum, $measured.Average, $measured.Maximum, $measured.Minimum | Should -Be 4, 10, 2.5, 4, $null
        ('a', 'bb' | Measure-Object Length -Minimum).Minimum | Should -Be 1
        (@() | Measure-Object).Count | Should -Be 0
        $groups = 'b', 'a', 'B' | Group-Object
        $groups.Name | Should -Be 'a', 'b'
        $groups[1].Group | Should -BeExactly 'b', 'B'
        'a', 'bb', 'c' | Group-Object Length | ForEach-Object Count | Should -Be 2, 1
    }
    It 'make objects' {
        (New-Object System.Uri 'http://a/').Host | Should -Be 'a'
        (New-Object 'System.Collections.Generic.List[int]').Count | Should -Be 0
        Set-Content TestDrive:/data.psd1 "@{ A = 'x'; B = 1, 2 }"
        (Import-PowerShellDataFile TestDrive:/data.psd1).B | Should -Be 1, 2
        (Get-FileHash TestDrive:/data.psd1).Hash | Should -Match '^[0-9A-F]{64}$'
    }
}
