BeforeAll {
    . "$PSScriptRoot/Common.ps1"
    $codes = Get-CnnCode $photos
}

Describe 'Export-CnnCode' {
    It 'writes <_> that reads back the same' -ForEach 'npz', 'npy', 'csv' {
        $file = $codes | Export-CnnCode "$TestDrive/codes.$_" -PassThru -Force
        @($file)[0].Name | Should -Be "codes.$_"
        $back = Import-CnnCode "$TestDrive/codes.$_"
        $back.Count | Should -Be 4
        for ($i = 0; $i -lt 4; $i++) {
            foreach ($name in 'Path', 'Label', 'Model', 'Layer', 'Values') { $back[$i].$name | Should -Be $codes[$i].$name }
        }
    }

    It 'writes an array that NumPy knows: version 1, little endian float32, rows' {
        $codes | Export-CnnCode "$TestDrive/plain.npy"
        $bytes = [System.IO.File]::ReadAllBytes("$TestDrive/plain.npy")
        $bytes[0] | Should -Be 0x93
        $bytes[6], $bytes[7] | Should -Be 1, 0
        $start = 10 + $bytes[8] + 256 * $bytes[9]
        $start % 64 | Should -Be 0
        [System.Text.Encoding]::ASCII.GetString($bytes, 10, $start - 10).TrimEnd() | Should -Be "{'descr': '<f4', 'fortran_order': False, 'shape': (4, 512), }"
        $bytes.Length | Should -Be ($start + 4 * 4 * 512)
        [BitConverter]::ToSingle($bytes, $start + 4 * (512 + 9)) | Should -Be $codes[1].Values[9]
        "$TestDrive/plain.npy.csv" | Should -Exist
    }

    It 'gives the same bytes for the same codes' {
        foreach ($name in 'a', 'b') { $codes | Export-CnnCode "$TestDrive/$name.npz" }
        [System.IO.File]::ReadAllBytes("$TestDrive/a.npz") | Should -Be ([System.IO.File]::ReadAllBytes("$TestDrive/b.npz"))
    }

    It 'keeps tiles, and names with commas, quotes and letters of any kind: <_>' -ForEach 'npz', 'npy', 'csv' {
        $tiles = Get-CnnCode "$photos/coffee.png" -Tile 300 | Select-Object -First 2
        $tiles | Export-CnnCode "$TestDrive/tiles.$_"
        (Import-CnnCode "$TestDrive/tiles.$_")[1].Tile.X | Should -Be 300
        $odd = [pscustomobject]@{ Path = 'a, "b" é😀.png'; Label = 'x;y'; Values = [float[]](1.5, -0.1, 3e-30) }
        $odd | Export-CnnCode "$TestDrive/odd.$_"
        $back = Import-CnnCode "$TestDrive/odd.$_"
        $back.Path, $back.Label | Should -Be $odd.Path, $odd.Label
        $back.Model | Should -BeNullOrEmpty
        $back.Values | Should -Be $odd.Values
    }

    It 'refuses codes of several layers or lengths, and leaves what is there' {
        Set-Content "$TestDrive/there.npz" 'there'
        foreach ($layers in ('relu6', 'relu7'), ('pool5', 'relu7')) {
            { Get-CnnCode "$photos/coffee.png" $layers | Export-CnnCode "$TestDrive/there.npz" -Force } | Should -Throw -ErrorId 'InvalidArgument,CnnVis.PowerShell.Cmdlets.ExportCnnCodeCommand'
        }
        Get-Content "$TestDrive/there.npz" | Should -Be 'there'
    }

    It 'gives each layer a file where the name says so' {
        Get-CnnCode $photos relu6, pool5 | Export-CnnCode "$TestDrive/{Layer}.npz"
        @(Import-CnnCode "$TestDrive/relu6.npz").Count | Should -Be 4
        (Import-CnnCode "$TestDrive/pool5.npz")[0].Values.Length | Should -Be 1728
    }

    It 'does not replace a file unless it is told to' {
        Set-Content "$TestDrive/old.csv" 'old'
        { $codes | Export-CnnCode "$TestDrive/old.csv" -ErrorAction Stop } | Should -Throw -ErrorId 'FileExists,*'
        Get-Content "$TestDrive/old.csv" | Should -Be 'old'
    }

    It 'writes nothing with -WhatIf, and nothing for nothing' {
        $codes | Export-CnnCode "$TestDrive/none.npz" -WhatIf
        @() | Export-CnnCode "$TestDrive/none.npz"
        "$TestDrive/none.npz" | Should -Not -Exist
    }

    It 'refuses other formats, and reports what is no code' {
        { $codes | Export-CnnCode "$TestDrive/x.txt" } | Should -Throw -ErrorId 'InvalidArgument,*'
        'text' | Export-CnnCode "$TestDrive/x.npz" -ErrorVariable problems -ErrorAction SilentlyContinue
        $problems[0].FullyQualifiedErrorId | Should -Be 'InvalidArgument,CnnVis.PowerShell.Cmdlets.ExportCnnCodeCommand'
    }

    It 'keeps maps' {
        $map = $codes | ConvertTo-Tsne -Iterations 30
        $map | Export-CnnCode "$TestDrive/map.npz"
        $back = Import-CnnCode "$TestDrive/map.npz"
        $back | Should -BeOfType ([CnnVis.TsneMap])
        $back.Points.ForEach({ $_.Position }) | Should -Be $map.Points.ForEach({ $_.Position })
        $back.Points.Path | Should -Be $map.Points.Path
        $back.Iterations, $back.Divergence | Should -Be 30, $map.Divergence
        $back.Quality | Should -Be $map.Quality
        { $map | Export-CnnCode "$TestDrive/map.csv" -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidArgument,*'
    }
}
