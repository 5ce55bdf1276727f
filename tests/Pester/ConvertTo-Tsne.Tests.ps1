BeforeAll {
    . "$PSScriptRoot/Common.ps1"
    # So many vectors in three heaps.
    function Heaps([int] $Count, [int] $Length = 6) {
        $random = [Random]::new(7)
        for ($i = 0; $i -lt $Count; $i++) {
            $vector = [float[]]::new($Length)
            for ($c = 0; $c -lt $Length; $c++) { $vector[$c] = 10 * ($i % 3) * ($c % 2) + 5 * ($i % 3) + $random.NextDouble() }
            , $vector
        }
    }

    function Places($Map) { $Map.Points.ForEach({ $_.Position }) }
}

Describe 'ConvertTo-Tsne' {
    It 'gives one map of the codes, in their order' {
        $codes = Get-CnnCode $photos
        $map = $codes | ConvertTo-Tsne
        $map | Should -BeOfType ([CnnVis.TsneMap])
        $map.Points.Path | Should -Be $codes.Path
        $map.Points.Label | Should -Be $codes.Label
        $map.Dimension | Should -Be 2
        $map.Iterations | Should -Be 750
        $map.Points[0].Position.Length | Should -Be 2
        $map.Divergence | Should -BeGreaterThan -0.001
    }

    It 'keeps the map as it is when it is stopped' {
        $kept = KeptWhenStopped '$given | ConvertTo-Tsne -Iterations 1000000 -StoppedVariable kept' (Heaps 600)
        $kept | Should -BeOfType ([CnnVis.TsneMap])
        $kept.Points.Count | Should -Be 600
        $kept.Iterations | Should -BeLessThan 1000000
        $kept.Quality | Should -BeNullOrEmpty
    }

    It 'takes <Name>' -ForEach @(
        @{ Name = 'arrays of float'; Make = { Heaps 12 } }
        @{ Name = 'arrays of double'; Make = { foreach ($h in Heaps 12) { , [double[]]$h } } }
        @{ Name = 'untyped arrays'; Make = { foreach ($h in Heaps 12) { , [object[]]$h } } }
        @{ Name = 'a list of arrays as one object'; Make = { , @(Heaps 12) } }
        @{ Name = 'objects with Values'; Make = { foreach ($h in Heaps 12) { [pscustomobject]@{ Values = $h; Label = 'x' } } } }
        @{ Name = 'a table'; Make = { $t = [double[, ]]::new(12, 6); $r = 0; foreach ($h in Heaps 12) { for ($c = 0; $c -lt 6; $c++) { $t[$r, $c] = $h[$c] }; $r++ }; , $t } }
    ) {
        $expected = Places (Heaps 12 | ConvertTo-Tsne -Iterations 60)
        Places (& $Make | ConvertTo-Tsne -Iterations 60) | Should -Be $expected
    }

    It 'keeps three heaps apart' {
        $map = Heaps 90 | ConvertTo-Tsne -Perplexity 10
        for ($i = 0; $i -lt 90; $i++) {
            $nearest = -1; $least = [double]::MaxValue
            for ($j = 0; $j -lt 90; $j++) {
                if ($i -eq $j) { continue }
                $d = [Math]::Pow($map.Points[$i].X - $map.Points[$j].X, 2) + [Math]::Pow($map.Points[$i].Y - $map.Points[$j].Y, 2)
                if ($d -lt $least) { $least = $d; $nearest = $j }
            }
            $nearest % 3 | Should -Be ($i % 3)
        }
    }

    It 'gives <_> numbers a place with -Dimension <_>' -ForEach 1, 2, 3 {
        $map = Heaps 20 | ConvertTo-Tsne -Dimension $_ -Iterations 50
        $map.Points[3].Position.Length | Should -Be $_
        $map.Points.ForEach({ $_.Position }).Where({ -not [float]::IsFinite($_) }) | Should -BeNullOrEmpty
    }

    It 'lays out <_> codes' -ForEach 2, 3, 5 {
        $map = Heaps $_ | ConvertTo-Tsne
        $map.Points.Count | Should -Be $_
        [Math]::Abs($map.Points[0].X - $map.Points[1].X) + [Math]::Abs($map.Points[0].Y - $map.Points[1].Y) | Should -BeGreaterThan 0.01
    }

    It 'repeats itself for a seed, and not for another' {
        $first, $same, $other = foreach ($seed in 3, 3, 4) { , (Places (Heaps 30 | ConvertTo-Tsne -Initialization Random -Seed $seed -Iterations 50)) }
        $same | Should -Be $first
        $other | Should -Not -Be $first
    }

    It 'starts where it is told' {
        $map = Heaps 10 | ConvertTo-Tsne -Iterations 40
        $again = Heaps 10 | ConvertTo-Tsne -Iterations 1 -Initialization $map -LearningRate 0.001 -EarlyExaggeration 1
        for ($i = 0; $i -lt 10; $i++) { [Math]::Abs($again.Points[$i].X - $map.Points[$i].X) | Should -BeLessThan 0.01 }
        $places = foreach ($i in 1..10) { , ((1.0 * $i), 5.5) }
        $given = Heaps 10 | ConvertTo-Tsne -Iterations 1 -Initialization $places -LearningRate 0.001 -EarlyExaggeration 1
        for ($i = 0; $i -lt 10; $i++) { [Math]::Abs($given.Points[$i].X - ($i - 4.5)) | Should -BeLessThan 0.01 } # centred
        { Heaps 9 | ConvertTo-Tsne -Initialization $map } | Should -Throw -ErrorId 'InvalidArgument,*'
        { Heaps 9 | ConvertTo-Tsne -Initialization Corner } | Should -Throw -ErrorId 'InvalidArgument,*'
    }

    It 'lowers the perplexity for few codes, and says so where it was asked for' {
        $map = Heaps 13 | ConvertTo-Tsne -Perplexity 30 -Iterations 10 -WarningVariable warnings -WarningAction SilentlyContinue
        $map.Perplexity | Should -Be 4
        $warnings.Count | Should -Be 1
        $null = Heaps 13 | ConvertTo-Tsne -Iterations 10 -WarningVariable warnings -WarningAction SilentlyContinue
        $warnings.Count | Should -Be 0
    }

    It 'names the first code of another length' {
        $failure = { @(Heaps 4; Heaps 1 5; Heaps 1 7) | ConvertTo-Tsne } | Should -Throw -ErrorId 'InvalidArgument,CnnVis.PowerShell.Cmdlets.ConvertToTsneCommand' -PassThru
        $failure.Exception.Message | Should -BeLike 'Code 4 has 5 values*6*'
    }

    It 'reports a code that is not finite, and leaves it out' {
        $bad = [float[]](1, [float]::NaN, 3, 4, 5, 6)
        $map = @(Heaps 5; , $bad; Heaps 5) | ConvertTo-Tsne -Iterations 10 -ErrorVariable problems -ErrorAction SilentlyContinue
        $map.Points.Count | Should -Be 10
        $problems.Count | Should -Be 1
        $problems[0].Exception.Message | Should -BeLike 'Code 5 holds NaN at 1*'
    }

    It 'reports what is no code: <_>' -ForEach 'text', 5, @{ a = 1 } {
        $null = $_ | ConvertTo-Tsne -ErrorVariable problems -ErrorAction SilentlyContinue
        $problems[0].FullyQualifiedErrorId | Should -Be 'InvalidArgument,CnnVis.PowerShell.Cmdlets.ConvertToTsneCommand'
    }

    It 'tells at once that there is no such device' {
        { Heaps 5 | ConvertTo-Tsne -Device quantum } | Should -Throw -ErrorId 'DeviceNotAvailable,CnnVis.PowerShell.Cmdlets.ConvertToTsneCommand'
        Places (Heaps 12 | ConvertTo-Tsne -Device CPU -Iterations 60) | Should -Be (Places (Heaps 12 | ConvertTo-Tsne -Iterations 60))
    }

    It 'says what to do where there is no CUDA device' -Skip:([System.IO.File]::Exists('/dev/nvidia0')) {
        { Heaps 5 | ConvertTo-Tsne -Device cuda } | Should -Throw '*Leave -Device out*' -ErrorId 'DeviceNotAvailable,*'
    }

    It 'needs two codes' {
        { Heaps 1 | ConvertTo-Tsne } | Should -Throw -ErrorId 'InvalidArgument,*'
        @() | ConvertTo-Tsne | Should -BeNullOrEmpty
    }

    It 'tells how good the map is' {
        $quality = (0..29 | ForEach-Object { [pscustomobject]@{ Values = [float[]]((10 * ($_ % 3)), ($_ * 0.01)); Label = "heap $($_ % 3)" } } | ConvertTo-Tsne -Neighbor 5).Quality
        $quality.Neighbors, $quality.Sample | Should -Be 5, 30
        $quality.Trustworthiness | Should -BeGreaterThan 0.9
        $quality.NeighborPreservation | Should -BeGreaterThan 0.5
        $quality.LabelAccuracy | Should -Be 1
        (Heaps 12 | ConvertTo-Tsne -Iterations 10).Quality.LabelAccuracy | Should -BeNullOrEmpty
    }

    Context '-Model' {
        BeforeAll { $map = Heaps 60 | ConvertTo-Tsne -Perplexity 10 -Dimension 2 }

        It 'places a code that is in the map where it is' {
            $placed = $map.Points[7, 30].Code | ConvertTo-Tsne -Model $map
            $placed | Should -BeOfType ([CnnVis.TsneMap])
            $placed.Points.X | Should -Be $map.Points[7, 30].X
            $placed.Perplexity | Should -Be 5
        }

        It 'places a new code among its heap' {
            $point = (, [float[]](5.5, 15.5, 5.5, 15.5, 5.5, 15.5) | ConvertTo-Tsne -Model $map).Points[0]
            $nearest = 0..59 | Sort-Object { [Math]::Pow($map.Points[$_].X - $point.X, 2) + [Math]::Pow($map.Points[$_].Y - $point.Y, 2) } | Select-Object -First 1
            $nearest % 3 | Should -Be 1
        }

        It 'works from a file, in any session' {
            $map | Export-CnnCode "$TestDrive/map.npz" -Force
            $new = , [float[]](1, 1, 1, 1, 1, 1)
            ($new | ConvertTo-Tsne -Model "$TestDrive/map.npz").Points.X | Should -Be ($new | ConvertTo-Tsne -Model $map).Points.X
            Heaps 5 | Export-CnnCode "$TestDrive/codes.npz" -Force
            { $new | ConvertTo-Tsne -Model "$TestDrive/codes.npz" } | Should -Throw -ErrorId 'InvalidArgument,*'
        }

        It 'refuses codes of another length, other objects, and what makes a new map' {
            { Heaps 2 5 | ConvertTo-Tsne -Model $map } | Should -Throw -ErrorId 'InvalidArgument,*'
            { Heaps 2 | ConvertTo-Tsne -Model 5 } | Should -Throw -ErrorId 'InvalidArgument,*'
            { Heaps 2 | ConvertTo-Tsne -Model $map -Dimension 3 } | Should -Throw -ErrorId 'InvalidArgument,*'
            { Heaps 2 | ConvertTo-Tsne -Model $map -Device cpu } | Should -Throw -ErrorId 'InvalidArgument,*'
            { Heaps 2 | ConvertTo-Tsne -Model "$TestDrive/missing.npz" } | Should -Throw -ErrorId 'PathNotFound,*'
        }
    }
}
