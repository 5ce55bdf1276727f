BeforeAll {
    . "$PSScriptRoot/Common.ps1"
    $colours = "$fixtures/red.png", "$fixtures/blue.png", "$fixtures/black.png"
}

Describe 'Measure-CnnActivation' {
    Context 'a network by hand over red, blue and black' {
        # Before the ReLU, filter 0 is always -1, 1 always 1, 2 is 1, 0, 0 and 3 is -1, 1, 0.
        It 'filter <Channel> is <Verdict>' -ForEach @(
            @{ Channel = 0; Verdict = 'Dead'; ZeroShare = 1; FiringShare = 0; Maximum = -1; Mean = 0; Deviation = 0 }
            @{ Channel = 1; Verdict = 'Saturated'; ZeroShare = 0; FiringShare = 1; Maximum = 1; Mean = 1; Deviation = 0 }
            @{ Channel = 2; Verdict = 'Alive'; ZeroShare = 2 / 3; FiringShare = 1 / 3; Maximum = 1; Mean = 1 / 3; Deviation = [Math]::Sqrt(2) / 3 }
            @{ Channel = 3; Verdict = 'Alive'; ZeroShare = 2 / 3; FiringShare = 1 / 3; Maximum = 1; Mean = 1 / 3; Deviation = [Math]::Sqrt(2) / 3 }
        ) {
            $statistic = (Measure-CnnActivation $colours relu1 -Model $tiny)[$Channel]
            $statistic | Should -BeOfType ([CnnVis.CnnActivationStatistic])
            $statistic.Model, $statistic.Layer | Should -Be 'tiny', 'relu1'
            $statistic.Channel | Should -Be $Channel
            $statistic.ImageCount | Should -Be 3
            $statistic.Verdict | Should -Be $Verdict
            [Math]::Abs($statistic.ZeroShare - $ZeroShare) | Should -BeLessThan 1e-9
            [Math]::Abs($statistic.FiringShare - $FiringShare) | Should -BeLessThan 1e-9
            [Math]::Abs($statistic.Maximum - $Maximum) | Should -BeLessThan 1e-6
            [Math]::Abs($statistic.Mean - $Mean) | Should -BeLessThan 1e-6
            [Math]::Abs($statistic.StandardDeviation - $Deviation) | Should -BeLessThan 1e-6
        }

        It 'bounds how often a filter may fire that never did in <_> pictures' -ForEach 1, 3, 60 {
            $dead = @(@($colours[2]) * $_ | Measure-CnnActivation -Layer relu1 -Model $tiny)[0]
            $dead.ImageCount | Should -Be $_
            $dead.Verdict | Should -Be 'Dead'
            [Math]::Abs($dead.FiringShareUpperBound - (1 - [Math]::Pow(0.05, 1 / $_))) | Should -BeLessThan 1e-12
        }

        It 'bounds at the exact binomial quantile where a filter did fire' {
            # Firing in 1 of 3, the bound p solves (1 - p)^3 + 3 p (1 - p)^2 = 0.05.
            $p = (Measure-CnnActivation $colours relu1 -Model $tiny)[2].FiringShareUpperBound
            [Math]::Abs([Math]::Pow(1 - $p, 3) + 3 * $p * [Math]::Pow(1 - $p, 2) - 0.05) | Should -BeLessThan 1e-9
            (Measure-CnnActivation $colours relu1 -Model $tiny)[1].FiringShareUpperBound | Should -Be 1
        }

        It 'calls rare what fires in fewer than one picture of a hundred' {
            $pictures = @($colours[0]) + @($colours[2]) * 100
            ($pictures | Measure-CnnActivation -Layer relu1 -Model $tiny)[2].Verdict | Should -Be 'Rare'
            ($pictures | Select-Object -First 100 | Measure-CnnActivation -Layer relu1 -Model $tiny)[2].Verdict | Should -Be 'Alive'
        }

        It 'calls nothing saturated that no ReLU follows' {
            (Measure-CnnActivation "$fixtures/red.png" fc2 -Model $tiny).Verdict | Should -Be 'Alive', 'Dead'
        }
    }

    Context 'the bundled network over four photos' {
        It 'agrees with the activations of <Layer>' -ForEach @(
            @{ Layer = 'conv2'; Channel = 0, 31, 127 }
            @{ Layer = 'conv5'; Channel = 0, 1, 2, 3, 100, 191 }
            @{ Layer = 'fc6'; Channel = 0, 1, 255, 511 }
        ) {
            $activations = Get-CnnActivation $photos $Layer -Channel $Channel
            $statistics = Measure-CnnActivation $photos $Layer
            for ($i = 0; $i -lt $Channel.Count; $i++) {
                $maximum, $firing, $off, $sum, $squares, $count = [double]::NegativeInfinity, 0, 0, 0.0, 0.0, 0
                foreach ($activation in $activations) {
                    $fires = $false
                    foreach ($value in $activation.Map($i).ToArray()) {
                        $count++
                        $maximum = [Math]::Max($maximum, $value)
                        if ($value -le 0) { $off++; continue }
                        $fires = $true
                        $sum += $value
                        $squares += [double]$value * $value
                    }
                    if ($fires) { $firing++ }
                }
                $mean = $sum / $count
                $statistic = $statistics[$Channel[$i]]
                $statistic.Channel | Should -Be $Channel[$i]
                $statistic.ImageCount | Should -Be 4
                $statistic.FiringShare | Should -Be ($firing / 4)
                [Math]::Abs($statistic.ZeroShare - $off / $count) | Should -BeLessThan 1e-9
                [Math]::Abs($statistic.Maximum - $maximum) | Should -BeLessThan 1e-4
                [Math]::Abs($statistic.Mean - $mean) | Should -BeLessThan 1e-5
                [Math]::Abs($statistic.StandardDeviation - [Math]::Sqrt([Math]::Max(0.0, $squares / $count - $mean * $mean))) | Should -BeLessThan 1e-4
            }
        }

        It 'gives every filter of every ReLU unless told otherwise' {
            $groups = Measure-CnnActivation $photos | Group-Object Layer
            ($groups.Name | Sort-Object) | Should -Be 'relu1', 'relu2', 'relu3', 'relu4', 'relu5', 'relu6', 'relu7'
            foreach ($group in $groups) { $group.Count | Should -Be (Get-CnnLayer $group.Name).Channels }
        }

        It 'gives a convolution and its ReLU the same numbers' {
            $both = Measure-CnnActivation $photos conv3, relu3
            for ($i = 0; $i -lt 224; $i++) {
                foreach ($number in 'Channel', 'ImageCount', 'ZeroShare', 'FiringShare', 'FiringShareUpperBound', 'Maximum', 'Mean', 'StandardDeviation', 'Verdict') {
                    $both[$i].$number | Should -Be $both[224 + $i].$number
                }
            }
        }

        It 'does not depend on the batch' {
            $single = Measure-CnnActivation $photos relu5 -BatchSize 1
            $together = Measure-CnnActivation $photos relu5 -BatchSize 4
            for ($i = 0; $i -lt 192; $i++) {
                $single[$i].FiringShare | Should -Be $together[$i].FiringShare
                [Math]::Abs($single[$i].Mean - $together[$i].Mean) | Should -BeLessThan 1e-5
                [Math]::Abs($single[$i].StandardDeviation - $together[$i].StandardDeviation) | Should -BeLessThan 1e-4
            }
        }

        It 'keeps its numbers in range' {
            foreach ($statistic in Measure-CnnActivation $photos) {
                foreach ($share in $statistic.ZeroShare, $statistic.FiringShare, $statistic.FiringShareUpperBound) {
                    if ($share -lt 0 -or $share -gt 1) { throw "$statistic is out of range." }
                }
                if ($statistic.FiringShareUpperBound -lt $statistic.FiringShare -or ($statistic.FiringShare -eq 0) -ne ($statistic.Verdict -eq 'Dead')) { throw "$statistic contradicts itself." }
            }
        }
    }

    Context 'errors' {
        It 'counts only what could be read' {
            Set-Content "$TestDrive/notes.png" 'not a picture'
            $statistics = Measure-CnnActivation ($colours + "$TestDrive/notes.png") relu1 -Model $tiny -ErrorVariable problems -ErrorAction SilentlyContinue
            $statistics.ImageCount | Should -Be 3, 3, 3, 3
            $problems.Count | Should -Be 1
            $problems[0].FullyQualifiedErrorId | Should -Be 'ImageUnreadable,CnnVis.PowerShell.Cmdlets.MeasureCnnActivationCommand'
        }

        It 'gives nothing where no picture could be read' {
            Set-Content "$TestDrive/notes.png" 'not a picture'
            Measure-CnnActivation "$TestDrive/notes.png" -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        }

        It 'tells an unknown layer' {
            { Measure-CnnActivation $photos relu99 } | Should -Throw -ErrorId 'LayerNotFound,CnnVis.PowerShell.Cmdlets.MeasureCnnActivationCommand'
        }
    }

    It 'shows the classes that units of the last layer stand for' {
        $last = Measure-CnnActivation $coffee fc8 -Model alexnet64
        $last[80].Unit.ToString() | Should -Be teapot
        ($last | Sort-Object Unit).Channel | Should -Be (0..99)
        ($last[80] | Out-String) -match 'teapot' | Should -BeTrue
        (Measure-CnnActivation $coffee relu7 -Model alexnet64)[80].Unit.ToString() | Should -Be 80
        (Find-MaxActivatingImage $coffee -Layer fc8 -Channel 80 -Top 1 -Model alexnet64).Units[0] | Out-String | Should -Match 'fc8: teapot'
    }
}
