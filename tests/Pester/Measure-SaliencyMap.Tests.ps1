BeforeAll { . "$PSScriptRoot/Common.ps1" }

Describe 'Measure-SaliencyMap' {
    Context 'metrics' {
        It 'gives insertion and deletion unless told otherwise' {
            $measures = Measure-SaliencyMap $coffee -CurveSteps 4
            $measures.ForEach({ "$($_.Method) $($_.Metric) $($_.Target)" }) | Should -Be 'Gradient Insertion espresso', 'Gradient Deletion espresso'
            foreach ($measure in $measures) {
                $measure.Points.Count | Should -Be 5
                $area = 0.0
                for ($i = 1; $i -lt 5; $i++) { $area += ($measure.Points[$i - 1].Score + $measure.Points[$i].Score) / 8 }
                [Math]::Abs($measure.Value - $area) | Should -BeLessThan 1e-9
            }
            $prediction = Get-CnnPrediction $coffee -Top 1
            [Math]::Abs($measures[1].Points[0].Score - $prediction.Probability) | Should -BeLessThan 1e-5
            [Math]::Abs($measures[0].Points[4].Score - $prediction.Probability) | Should -BeLessThan 1e-5
        }

        It 'goes picture by picture, method by method, metric by metric' {
            $measures = Measure-SaliencyMap "$photos/rocket.jpg", $coffee Gradient, GradCam Completeness, Deletion -CurveSteps 2
            $measures.ForEach({ "$([System.IO.Path]::GetFileNameWithoutExtension($_.Path)) $($_.Method) $($_.Metric)" }) | Should -Be @(
                'rocket Gradient Completeness', 'rocket Gradient Deletion', 'rocket GradCam Completeness', 'rocket GradCam Deletion'
                'coffee Gradient Completeness', 'coffee Gradient Deletion', 'coffee GradCam Completeness', 'coffee GradCam Deletion')
        }

        It '<Metric> of <Method> is a number' -ForEach @(
            @{ Metric = 'Infidelity'; Method = 'Gradient' }
            @{ Metric = 'ScaledInfidelity'; Method = 'GradCam' }
            @{ Metric = 'MaxSensitivity'; Method = 'SmoothGrad' }
            @{ Metric = 'Completeness'; Method = 'IntegratedGradients' }
        ) {
            $measure = Measure-SaliencyMap $coffee $Method $Metric -Perturbations 3 -Samples 3
            @($measure).Count | Should -Be 1
            [double]::IsFinite($measure.Value) | Should -BeTrue
            $measure.Value | Should -BeGreaterOrEqual 0
        }

        It 'is the same for the same seed, and does not depend on the batch' {
            $single = Measure-SaliencyMap $photos Gradient ScaledInfidelity -Perturbations 3 -BatchSize 1 -Seed 5
            $together = Measure-SaliencyMap $photos Gradient ScaledInfidelity -Perturbations 3 -BatchSize 4 -Seed 5
            for ($i = 0; $i -lt $single.Count; $i++) { [Math]::Abs($single[$i].Value - $together[$i].Value) | Should -BeLessThan (1e-3 * $single[$i].Value + 1e-6) }
            (Measure-SaliencyMap $coffee Gradient Infidelity -Perturbations 3 -Seed 6).Value | Should -Not -Be (Measure-SaliencyMap $coffee Gradient Infidelity -Perturbations 3 -Seed 5).Value
        }
    }

    Context 'randomisation' {
        It 'shows that guided backpropagation survives it' {
            $measures = Measure-SaliencyMap $coffee, "$photos/rocket.jpg" Gradient, GradCam, GuidedBackprop Randomization -Summary
            $layers = 'fc8', 'fc7', 'fc6'
            foreach ($layer in $layers) {
                $of = @{}
                $measures.Where({ $_.Layer -eq $layer -and $_.Statistic -eq 'RankCorrelation' }).ForEach({ $of[$_.Method] = $_.Mean })
                $of['GuidedBackprop'] | Should -BeGreaterThan $of['Gradient']
                $of['GuidedBackprop'] | Should -BeGreaterThan $of['GradCam']
            }
        }

        It 'gives two numbers a layer, from the answer down' {
            $measures = Measure-SaliencyMap $coffee GradCam Randomization
            $measures.Where({ $_.Statistic -eq 'Ssim' }).ForEach({ $_.Layer }) | Should -Be 'fc8', 'fc7', 'fc6', 'conv5', 'conv4', 'conv3', 'conv2', 'conv1'
            $measures.Where({ $_.Statistic -eq 'RankCorrelation' }).Count | Should -Be 8
        }
    }

    Context 'boxes and labels' {
        BeforeAll {
            Set-Content "$TestDrive/boxes.csv" 'file,xmin,ymin,xmax,ymax', 'coffee.png,0,0,599,399', 'rocket.jpg,0,0,0,0'
            Set-Content "$TestDrive/labels.tsv" "path`tclass", "coffee.png`tespresso", "photos/rocket.jpg`tteapot"
        }

        It 'points into a box of the whole photo' {
            $measures = Measure-SaliencyMap $coffee Gradient, Center PointingGame, EnergyInBox -BoxPath "$TestDrive/boxes.csv"
            $measures.ForEach({ [Math]::Round($_.Value, 6) }) | Should -Be 1, 1, 1, 1
        }

        It 'measures by boxes too where there are some' {
            (Measure-SaliencyMap $coffee -BoxPath "$TestDrive/boxes.csv" -CurveSteps 1).ForEach({ $_.Metric }) | Should -Be 'Insertion', 'Deletion', 'PointingGame', 'EnergyInBox'
        }

        It 'reports photos without a box, and goes on' {
            $measures = Measure-SaliencyMap "$photos/rocket.jpg", "$photos/*.png" Gradient PointingGame -BoxPath "$TestDrive/boxes.csv" -ErrorVariable problems -ErrorAction SilentlyContinue
            @($measures).Where({ $_.Path -like '*coffee.png' }).Count | Should -Be 1
            $problems.Count | Should -BeGreaterThan 0
            $problems[0].FullyQualifiedErrorId | Should -Be 'InvalidArgument,CnnVis.PowerShell.Cmdlets.MeasureSaliencyMapCommand'
        }

        It 'explains what the table says' {
            (Measure-SaliencyMap $coffee, "$photos/rocket.jpg" Gradient Completeness -LabelPath "$TestDrive/labels.tsv").ForEach({ "$($_.Target)" }) | Should -Be 'espresso', 'teapot'
        }
    }

    Context 'summaries' {
        It 'gives means with their intervals in the place of measures' {
            $all = Measure-SaliencyMap $photos Gradient Completeness
            $summary = Measure-SaliencyMap $photos Gradient Completeness -Summary
            @($summary).Count | Should -Be 1
            $summary.Count | Should -Be $all.Count
            [Math]::Abs($summary.Mean - ($all.ForEach({ $_.Value }) | Measure-Object -Average).Average) | Should -BeLessThan 1e-6
            $summary.Lower | Should -BeLessThan $summary.Mean
            $summary.Upper | Should -BeGreaterThan $summary.Mean
        }
    }

    It 'measures the maps of a network worked out by hand' {
        # Blue's logit is 4 times the mean over 16 pixels of max(blue - red, 0): every pixel is worth 0.25.
        $deletion = Measure-SaliencyMap "$fixtures/blue.png" Gradient Deletion -Model "$fixtures/tiny.onnx" -Class blue -Score Logit -Fill Zero -CurveSteps 4
        $deletion.Points.ForEach({ $_.Score }) | Should -Be 4, 3, 2, 1, 0
        $deletion.Value | Should -Be 2
    }

    It 'refuses <Why>' -ForEach @(
        @{ Why = 'a metric that is none'; Arguments = @{ Metric = 'Truth' }; Id = 'InvalidArgument' }
        @{ Why = 'a method that is none'; Arguments = @{ Method = 'Gradiant' }; Id = 'InvalidArgument' }
        @{ Why = 'boxes that are missing'; Arguments = @{ Metric = 'PointingGame' }; Id = 'InvalidArgument' }
        @{ Why = 'a table that is not there'; Arguments = @{ BoxPath = 'nowhere.csv' }; Id = 'PathNotFound' }
        @{ Why = 'a class beside labels'; Arguments = @{ Class = 'espresso'; LabelPath = 'nowhere.csv' }; Id = 'InvalidArgument' }
        @{ Why = 'a class that is not there'; Arguments = @{ Class = 'teapott' }; Id = 'ClassNotFound' }
    ) {
        { Measure-SaliencyMap $coffee @Arguments } | Should -Throw -ErrorId "$Id,CnnVis.PowerShell.Cmdlets.MeasureSaliencyMapCommand"
    }
}
