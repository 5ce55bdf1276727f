BeforeAll {
    . "$PSScriptRoot/Common.ps1"
    # An array file as NumPy writes it.
    function WriteArray([string] $Path, [string] $Type, [string] $Shape, [byte[]] $Numbers, [string] $Fortran = 'False', [byte] $Version = 1) {
        $head = "{'descr': '$Type', 'fortran_order': $Fortran, 'shape': $Shape, }".PadRight(107) + "`n"
        $length = $Version -eq 1 ? [byte[]](108, 0) : [byte[]](108, 0, 0, 0)
        [System.IO.File]::WriteAllBytes($Path, [byte[]](@(0x93) + [System.Text.Encoding]::ASCII.GetBytes('NUMPY') + @($Version, 0) + $length + [System.Text.Encoding]::ASCII.GetBytes($head) + $Numbers))
    }
}

Describe 'Import-CnnCode' {
    It 'reads <Type>' -ForEach @(
        @{ Type = '<f4'; Bytes = { 1..6 | ForEach-Object { [BitConverter]::GetBytes([float]$_) } } }
        @{ Type = '<f8'; Bytes = { 1..6 | ForEach-Object { [BitConverter]::GetBytes([double]$_) } } }
        @{ Type = '<f2'; Bytes = { 1..6 | ForEach-Object { [BitConverter]::GetBytes([Half]$_) } } }
        @{ Type = '>i4'; Bytes = { 1..6 | ForEach-Object { 0, 0, 0, $_ } } }
        @{ Type = '<i8'; Bytes = { 1..6 | ForEach-Object { [BitConverter]::GetBytes([long]$_) } } }
        @{ Type = '|u1'; Bytes = { 1..6 } }
    ) {
        WriteArray "$TestDrive/a.npy" $Type '(2, 3)' ([byte[]](& $Bytes))
        $codes = Import-CnnCode "$TestDrive/a.npy"
        $codes.Count | Should -Be 2
        $codes[0].Values | Should -Be 1, 2, 3
        $codes[1].Values | Should -Be 4, 5, 6
        $codes[0].Path, $codes[0].Label | Should -Be $null, $null
    }

    It 'reads the order of Fortran' {
        WriteArray "$TestDrive/f.npy" '|u1' '(2, 3)' ([byte[]](1, 4, 2, 5, 3, 6)) -Fortran True
        (Import-CnnCode "$TestDrive/f.npy")[1].Values | Should -Be 4, 5, 6
    }

    It 'reads version <_> of the format' -ForEach 2, 3 {
        WriteArray "$TestDrive/v.npy" '|u1' '(2, 2)' ([byte[]](1, 2, 3, 4)) -Version $_
        (Import-CnnCode "$TestDrive/v.npy")[1].Values | Should -Be 3, 4
    }

    It 'takes the first index as the code: <Shape>' -ForEach @{ Shape = '(2, 3, 2)'; Count = 2; Last = 7..12 }, @{ Shape = '(12,)'; Count = 1; Last = 1..12 }, @{ Shape = '(12, 1)'; Count = 12; Last = 12 } {
        WriteArray "$TestDrive/n.npy" '|u1' $Shape ([byte[]](1..12))
        $codes = @(Import-CnnCode "$TestDrive/n.npy")
        $codes.Count | Should -Be $Count
        $codes[-1].Values | Should -Be $Last
    }

    It 'reads tables of others, with and without names' {
        Set-Content "$TestDrive/named.csv" "file;label;first;second`na.png;cat;1.5;-2`nb.png;;1e3;0"
        $codes = Import-CnnCode "$TestDrive/named.csv"
        $codes[0].Path, $codes[0].Label | Should -Be 'a.png', 'cat'
        $codes[1].Label | Should -BeNullOrEmpty
        $codes[1].Values | Should -Be 1000, 0
        Set-Content "$TestDrive/bare.csv" "1,2`n3,4"
        (Import-CnnCode "$TestDrive/bare.csv").ForEach({ $_.Values }) | Should -Be 1, 2, 3, 4
    }

    It 'tells what is wrong: <Name>' -ForEach @(
        @{ Name = 'cut short'; Make = { WriteArray "$TestDrive/x.npy" '<f8' '(2, 3)' ([byte[]](1..9)) } }
        @{ Name = 'objects'; Make = { WriteArray "$TestDrive/x.npy" '|O' '(2,)' ([byte[]](1..9)) } }
        @{ Name = 'text'; Make = { WriteArray "$TestDrive/x.npy" '<U1' '(2,)' ([byte[]](1..8)) } }
        @{ Name = 'no numbers'; Make = { Set-Content "$TestDrive/x.npy" "a,b`n1,x" } }
        @{ Name = 'no archive'; Make = { [System.IO.File]::WriteAllBytes("$TestDrive/x.npy", [byte[]](0x50, 0x4b, 3, 4, 0, 0, 0, 0)) } }
    ) {
        & $Make
        Import-CnnCode "$TestDrive/x.npy" -ErrorVariable problems -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $problems[0].FullyQualifiedErrorId | Should -Be 'CodesUnreadable,CnnVis.PowerShell.Cmdlets.ImportCnnCodeCommand'
        $problems[0].Exception.Message | Should -BeLike '*x.npy*'
    }

    It 'reports a file that is not there' {
        { Import-CnnCode "$TestDrive/missing.npy" -ErrorAction Stop } | Should -Throw -ErrorId 'PathNotFound,*'
    }

    It 'feeds ConvertTo-Tsne, as -Path does' {
        WriteArray "$TestDrive/t.npy" '|u1' '(6, 2)' ([byte[]](1, 2, 3, 4, 60, 6, 7, 80, 9, 10, 11, 12))
        $map = Import-CnnCode "$TestDrive/t.npy" | ConvertTo-Tsne -Iterations 20
        (ConvertTo-Tsne -Path "$TestDrive/t.npy" -Iterations 20).Points.X | Should -Be $map.Points.X
    }
}
