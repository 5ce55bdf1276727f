BeforeAll { . "$PSScriptRoot/Common.ps1" }

Describe 'Invoke-Occlusion' {
    Context 'results' {
        BeforeAll {
            $map = Invoke-Occlusion $chelsea -WindowSize 16 -Stride 8
            $prediction = Get-CnnPrediction $chelsea -Top 1
        }

        It 'is about the class that is predicted' {
            $map | Should -BeOfType ([CnnVis.OcclusionMap])
            $map.Class | Should -Be $prediction.Class
            [Math]::Abs($map.Score - $prediction.Probability) | Should -BeLessThan 1e-6
            $map.Path | Should -Be $chelsea
            $map.Model | Should -Be 'alexnet64'
        }

        It 'has a score, a window and a class for each position, and an attribution for each pixel' {
            $map.Rows, $map.Columns | Should -Be 7, 7
            $map.Scores.Length, $map.Windows.Count, $map.MostProbable.Length | Should -Be 49, 49, 49
            $map.Attribution.Length | Should -Be 4096
            $map.Windows[8].X, $map.Windows[8].Y, $map.Windows[8].Width, $map.Windows[8].Height | Should -Be 8, 8, 16, 16
            foreach ($score in $map.Scores) { $score | Should -BeGreaterOrEqual 0; $score | Should -BeLessOrEqual 1 }
            for ($i = 0; $i -lt 49; $i++) { $map.MostProbableNames[$i] | Should -Be $map.Model.Classes[$map.MostProbable[$i]] }
        }

        It 'attributes to a corner what its only window costs' {
            [Math]::Abs($map.Attribution[0] - ($map.Score - $map.Scores[0])) | Should -BeLessThan 1e-6
        }

        It 'says what a prediction of the occluded picture would say' {
            $tiny = Invoke-Occlusion "$fixtures/red.png" -Model "$fixtures/tiny.onnx" -WindowSize 100 -Fill Zero -Class 0
            $tiny.Scores.Length | Should -Be 1
            [Math]::Abs($tiny.Scores[0] - (Get-CnnPrediction "$fixtures/black.png" -Model "$fixtures/tiny.onnx" -Class 0).Probability) | Should -BeLessThan 1e-6
        }

        It 'does not depend on the batch' {
            $other = Invoke-Occlusion $chelsea -WindowSize 16 -Stride 8 -BatchSize 1
            LargestDifference $map.Scores $other.Scores | Should -BeLessThan 1e-5
        }
    }

    Context 'parameters' {
        It 'takes several classes and layers in one pass' {
            $maps = Invoke-Occlusion $chelsea Predicted, 5 -Layer relu5, fc7 -WindowSize 0.5 -Score Logit
            $maps.Count | Should -Be 2
            $maps[1].ClassIndex | Should -Be 5
            $maps[0].ScoreKind | Should -Be 'Logit'
            $maps[0].Layers.Layer | Should -Be 'relu5', 'fc7'
            $maps[0].Layers[0].Totals.Length | Should -Be $maps[0].Scores.Length
            $sum = ((Get-CnnActivation $chelsea relu5 -Channel $maps[0].Layers[0].Channel).Values | Measure-Object -Sum).Sum
            [Math]::Abs($maps[0].Layers[0].Total - $sum) | Should -BeLessThan (1e-4 * $sum)
        }

        It 'sums the map that is named' {
            (Invoke-Occlusion $chelsea -Layer conv1 -Channel 7, 3 -WindowSize 0.5).Layers.Channel | Should -Be 7, 3
        }

        It 'shows <Fill>' -ForEach @{ Fill = 'Zero' }, @{ Fill = 'Grey' }, @{ Fill = 'Mean' }, @{ Fill = 'Blur' }, @{ Fill = 'Noise' }, @{ Fill = '#ff8000' }, @{ Fill = 1, 0.5, 0 } {
            $map = Invoke-Occlusion $chelsea -Baseline $Fill -WindowSize 0.5
            $map.Baseline | Should -Not -BeNullOrEmpty
            $map.Fill | Should -Be $map.Baseline # its name before
        }

        It 'repeats its noise by the seed' {
            $first, $again, $other = 3, 3, 4 | ForEach-Object { Invoke-Occlusion $chelsea -Fill Noise -Seed $_ -WindowSize 0.5 }
            $again.Scores | Should -Be $first.Scores
            LargestDifference $first.Scores $other.Scores | Should -BeGreaterThan 0
        }

        It 'refuses <Because>' -ForEach @(
            @{ Because = 'a stride that leaves pixels out'; Arguments = @{ WindowSize = 8; Stride = 9 }; Id = 'InvalidArgument' }
            @{ Because = 'half a pixel'; Arguments = @{ WindowSize = 8.5 }; Id = 'InvalidArgument' }
            @{ Because = 'an unknown fill'; Arguments = @{ Fill = 'Purple' }; Id = 'InvalidArgument' }
            @{ Because = 'an unknown class'; Arguments = @{ Class = 'unicorn' }; Id = 'ClassNotFound' }
            @{ Because = 'an unknown layer'; Arguments = @{ Layer = 'conv99' }; Id = 'LayerNotFound' }
            @{ Because = 'a channel that is not there'; Arguments = @{ Layer = 'conv1'; Channel = 64 }; Id = 'ChannelNotFound' }
            @{ Because = 'a channel of no layer'; Arguments = @{ Channel = 1 }; Id = 'InvalidArgument' }
        ) {
            { Invoke-Occlusion $chelsea @Arguments } | Should -Throw -ErrorId "$Id,CnnVis.PowerShell.Cmdlets.InvokeOcclusionCommand"
        }

        It 'reports what cannot be read and goes on' {
            Set-Content "$TestDrive/notes.png" 'not a picture'
            $maps = @(Invoke-Occlusion "$TestDrive/notes.png", $chelsea -WindowSize 0.5 -ErrorVariable problems -ErrorAction SilentlyContinue)
            $maps.Count | Should -Be 1
            $problems[0].FullyQualifiedErrorId | Should -Be 'ImageUnreadable,CnnVis.PowerShell.Cmdlets.InvokeOcclusionCommand'
        }

        It 'completes <Line>' -ForEach @(
            @{ Line = 'Invoke-Occlusion x -Fill Bl'; Expected = 'Blur' }
            @{ Line = 'Invoke-Occlusion x -Class Pred'; Expected = 'Predicted' }
            @{ Line = 'Invoke-Occlusion x -Score Lo'; Expected = 'Logit' }
        ) {
            ([System.Management.Automation.CommandCompletion]::CompleteInput($Line, $Line.Length, $null)).CompletionMatches.CompletionText | Should -Be $Expected
        }
    }

    Context 'refining' {
        BeforeAll {
            $whole = Invoke-Occlusion $chelsea -WindowSize 16 -Stride 2
            $some = Invoke-Occlusion $chelsea -WindowSize 16 -Stride 2 -Refine 0.1
        }

        It 'computes some positions, as they are in the whole map, and says which' {
            $whole.ComputedCount | Should -Be 625
            $whole.LargestUnrefinedDifference | Should -BeNullOrEmpty
            $some.ComputedCount | Should -BeLessThan 500
            $some.LargestUnrefinedDifference | Should -BeLessThan 0.1
            foreach ($i in 0..624) { if ($some.Computed[$i]) { [Math]::Abs($some.Scores[$i] - $whole.Scores[$i]) | Should -BeLessThan 1e-5 } }
        }

        It 'computes all of them where nothing is too little' {
            $all = Invoke-Occlusion $chelsea -WindowSize 16 -Stride 8 -Refine 0
            $all.ComputedCount | Should -Be 49
            LargestDifference $all.Scores (Invoke-Occlusion $chelsea -WindowSize 16 -Stride 8).Scores | Should -BeLessThan 1e-5
        }

        It 'refuses less than nothing' {
            { Invoke-Occlusion $chelsea -Refine -1 } | Should -Throw -ErrorId 'ParameterArgumentValidationError*'
        }
    }

    Context 'pictures' {
        It 'draws a sheet for each object' {
            Invoke-Occlusion $chelsea Predicted, 5 -WindowSize 0.5 -Layer relu5 | Export-CnnImage "$TestDrive/{Name}-{ClassIndex}.png"
            @([System.IO.Directory]::GetFiles($TestDrive, 'chelsea-*.png')).Count | Should -Be 2
        }
    }

    It 'records other numbers than classes' {
        $map = Invoke-Occlusion $coffee -Target 'class(espresso)', 'relu5[3,2,2]' -WindowSize 16 -Stride 16
        $map.Class | Should -Be 'class(espresso)', 'relu5[3,2,2]'
        $logits = Invoke-Occlusion $coffee -Class espresso -Score Logit -WindowSize 16 -Stride 16
        foreach ($i in 0..15) { [math]::Abs($map[0].Scores[$i] - $logits.Scores[$i]) | Should -BeLessThan 1e-3 }
    }
}
