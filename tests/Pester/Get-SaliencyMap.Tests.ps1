BeforeAll { . "$PSScriptRoot/Common.ps1" }

Describe 'Get-SaliencyMap' {
    Context 'methods' {
        It '<Method> gives <Channels> x <Side> x <Side>' -ForEach @(
            @{ Method = 'Gradient'; Channels = 3; Side = 64 }
            @{ Method = 'GradientTimesInput'; Channels = 3; Side = 64 }
            @{ Method = 'DeconvNet'; Channels = 3; Side = 64 }
            @{ Method = 'GuidedBackprop'; Channels = 3; Side = 64 }
            @{ Method = 'GuidedGradCam'; Channels = 3; Side = 64 }
            @{ Method = 'GradCam'; Channels = 1; Side = 7 }
            @{ Method = 'GradCamPlusPlus'; Channels = 1; Side = 7 }
            @{ Method = 'LayerCam'; Channels = 1; Side = 7 }
            @{ Method = 'ScoreCam'; Channels = 1; Side = 7 }
            @{ Method = 'IntegratedGradients'; Channels = 3; Side = 64 }
            @{ Method = 'SmoothGrad'; Channels = 3; Side = 64 }
            @{ Method = 'SmoothGradSquared'; Channels = 3; Side = 64 }
            @{ Method = 'VarGrad'; Channels = 3; Side = 64 }
            @{ Method = 'ExpectedGradients'; Channels = 3; Side = 64 }
            @{ Method = 'Rise'; Channels = 1; Side = 64 }
            @{ Method = 'ExcitationBackprop'; Channels = 1; Side = 7 }
            @{ Method = 'LayerwiseRelevance'; Channels = 3; Side = 64 }
        ) {
            $map = Get-SaliencyMap $coffee $Method -Samples 4 -Steps 4 -Reference $photos
            $map | Should -BeOfType ([CnnVis.SaliencyMap])
            $map.Method | Should -Be $Method
            $map.Model | Should -Be 'alexnet64'
            $map.Path | Should -Be ([System.IO.Path]::GetFullPath($coffee))
            $map.Channels, $map.Height, $map.Width | Should -Be $Channels, $Side, $Side
            $map.Values.Length | Should -Be ($Channels * $Side * $Side)
            $map.Map().Length | Should -Be ($Side * $Side)
            "$($map.Target)" | Should -Be 'espresso'
            ($map.Values | Measure-Object -Maximum).Maximum | Should -BeGreaterThan 0
            $map.TargetLayer | Should -Be $(if ($Side -eq 7) { 'relu5' })
        }

        It 'puts the places of maps <Placement>' -ForEach @(
        @{ Placement = 'Centered'; First = 8; Stride = 8 }, @{ Placement = 'ReceptiveField'; First = 6.5; Stride = 8 }, @{ Placement = 'Stretched'; First = 64 / 14; Stride = 64 / 7 }
    ) {
        $map = Get-SaliencyMap $coffee GradCam -Placement $Placement
        [Math]::Abs($map.Grid.FirstX - $First) | Should -BeLessThan 1e-9
        [Math]::Abs($map.Grid.StrideY - $Stride) | Should -BeLessThan 1e-9
        (Get-SaliencyMap $coffee Gradient -Placement $Placement).Grid | Should -BeNullOrEmpty
    }

    It 'takes several at once' {
            (Get-SaliencyMap $coffee Gradient, GradCam).Method | Should -Be 'Gradient', 'GradCam'
        }

        It 'tells an unknown one' {
            $failure = { Get-SaliencyMap $coffee Gradcamm } | Should -Throw -ErrorId 'InvalidArgument,CnnVis.PowerShell.Cmdlets.GetSaliencyMapCommand' -PassThru
            $failure.Exception.Message | Should -BeLike '*Did you mean GradCam*'
        }

        It 'knows <Typed> by its words: <Meant>' -ForEach @(
            @{ Typed = 'InputTimesGradient'; Meant = 'GradientTimesInput' }
            @{ Typed = 'Input X Gradient'; Meant = 'GradientTimesInput' }
            @{ Typed = 'GuidedBackpropagation'; Meant = 'GuidedBackprop' }
            @{ Typed = 'backprop_guided'; Meant = 'GuidedBackprop' }
            @{ Typed = 'Grad-CAM++'; Meant = 'GradCamPlusPlus' }
            @{ Typed = 'CamScore'; Meant = 'ScoreCam' }
            @{ Typed = 'relevance'; Meant = 'LayerwiseRelevance' }
        ) {
            [CnnVis.Suggestion]::For($Typed, [string[]] @('Center', 'DeconvNet', 'ExcitationBackprop', 'ExpectedGradients', 'GradCam', 'GradCamPlusPlus', 'Gradient', 'GradientTimesInput', 'GuidedBackprop', 'GuidedGradCam', 'IntegratedGradients', 'LayerCam', 'LayerwiseRelevance', 'ScoreCam', 'SmoothGrad'))[0] | Should -Be $Meant
        }

        It 'wants references for ExpectedGradients' {
            $failure = { Get-SaliencyMap $coffee ExpectedGradients } | Should -Throw -ErrorId 'InvalidArgument,*' -PassThru
            $failure.Exception.Message | Should -BeLike '*-Reference*'
        }

        It 'gives the same numbers for the same seed, others for another' {
            $first, $second, $third = 1, 1, 2 | ForEach-Object { Get-SaliencyMap $coffee SmoothGrad -Samples 3 -Seed $_ }
            $first.Values | Should -Be $second.Values
            LargestDifference $first.Values $third.Values | Should -BeGreaterThan 0
        }

        It 'adds up along the path' {
            $map = Get-SaliencyMap $coffee IntegratedGradients -Steps 100
            [Math]::Abs($map.ConvergenceDelta) | Should -BeLessThan 0.3
            $map.CompletenessResidual | Should -Be $map.ConvergenceDelta # its name before
            (Get-SaliencyMap $coffee Gradient).CompletenessResidual | Should -BeNullOrEmpty
        }
    }

    Context 'targets' {
        It 'explains the most probable class unless told otherwise' {
            $map = Get-SaliencyMap $coffee
            $map.Target.Class | Should -Be (Get-CnnPrediction $coffee).Class
            $map.ScoreKind | Should -Be 'Logit'
        }

        It 'explains classes by name, by index and as predicted' {
            $maps = Get-SaliencyMap $coffee -Class teapot, 0, Predicted
            $maps.Count | Should -Be 3
            $maps.Target.Class | Should -Be 'teapot', (Get-CnnModel).Classes[0], 'espresso'
        }

        It 'explains the probability' {
            $map = Get-SaliencyMap $coffee -Score Probability
            [Math]::Abs($map.Score - (Get-CnnPrediction $coffee).Probability) | Should -BeLessThan 1e-5
        }

        It 'explains a neuron' {
            $map = Get-SaliencyMap $coffee -Layer conv2 -Channel 5 -Position 3, 4
            $map.Target.Layer, $map.Target.Channel, $map.Target.Row, $map.Target.Column | Should -Be 'conv2', 5, 3, 4
            $activation = Get-CnnActivation $coffee conv2 -Channel 5
            [Math]::Abs($map.Score - $activation.Values[3 * $activation.Width + 4]) | Should -BeLessThan 1e-4
            $map.ScoreKind | Should -BeNullOrEmpty
        }

        It 'finds the strongest place, and the strongest channel' {
            $activation = Get-CnnActivation $coffee relu5
            # With a gradient, sums are taken in another order.
            $strongest = (Get-SaliencyMap $coffee DeconvNet -Layer relu5).Score
            [Math]::Round($strongest, 3) | Should -Be ([Math]::Round($activation.Maximum, 3))
            $ofChannel = (Get-SaliencyMap $coffee DeconvNet -Layer relu5 -Channel 7 -Position strongest).Score
            [Math]::Round($ofChannel, 3) | Should -Be ([Math]::Round(($activation.Map(7).ToArray() | Measure-Object -Maximum).Maximum, 3))
        }

        It 'sees nothing beyond a neuron''s receptive field' {
            $map = Get-SaliencyMap $coffee -Layer conv1 -Channel 0 -Position 0, 0
            $field = (Get-CnnLayer conv1).ReceptiveField.Box(0, 0, 64, 64)
            $values = $map.Map()
            for ($i = 0; $i -lt $values.Length; $i++) {
                if ($i % 64 -ge $field.X + $field.Width -or [Math]::Floor($i / 64) -ge $field.Y + $field.Height) { if ($values[$i] -ne 0) { $outside = $true } }
            }
            $outside | Should -BeNullOrEmpty
        }

        It 'explains units of fully connected layers, and classes beside neurons' {
            $maps = Get-SaliencyMap $coffee -Layer fc6 -Channel 3, 9 -Class espresso
            $maps.ForEach({ "$($_.Target)" }) | Should -Be 'espresso', 'fc6:3', 'fc6:9'
        }

        It 'refuses <Why>' -ForEach @(
            @{ Why = 'a place outside'; Arguments = @{ Layer = 'relu5'; Position = 7, 0 }; Id = 'InvalidArgument' }
            @{ Why = 'a place that is none'; Arguments = @{ Layer = 'relu5'; Position = 'here' }; Id = 'InvalidArgument' }
            @{ Why = 'a place without a layer'; Arguments = @{ Position = 1, 1 }; Id = 'InvalidArgument' }
            @{ Why = 'a place in a layer without places'; Arguments = @{ Layer = 'fc6'; Position = 1, 1 }; Id = 'InvalidArgument' }
            @{ Why = 'a channel that is not there'; Arguments = @{ Layer = 'relu5'; Channel = 192 }; Id = 'ChannelNotFound' }
            @{ Why = 'a layer that is not there'; Arguments = @{ Layer = 'relu9' }; Id = 'LayerNotFound' }
            @{ Why = 'a class that is not there'; Arguments = @{ Class = 'teapott' }; Id = 'ClassNotFound' }
            @{ Why = 'a layer without maps'; Arguments = @{ Method = 'GradCam'; MapLayer = 'fc6' }; Id = 'InvalidArgument' }
            @{ Why = 'a layer above the target'; Arguments = @{ Method = 'GradCam'; Layer = 'relu2'; MapLayer = 'relu5' }; Id = 'InvalidArgument' }
            @{ Why = 'relevance of a probability'; Arguments = @{ Method = 'LayerwiseRelevance'; Score = 'Probability' }; Id = 'InvalidArgument' }
            @{ Why = 'a baseline that is none'; Arguments = @{ Method = 'IntegratedGradients'; Baseline = 'purple' }; Id = 'InvalidArgument' }
        ) {
            { Get-SaliencyMap $coffee @Arguments } | Should -Throw -ErrorId "$Id,CnnVis.PowerShell.Cmdlets.GetSaliencyMapCommand"
        }
    }

    Context 'a network worked out by hand' {
        # Blue's score is 4 times the mean over 16 pixels of max(blue - red, 0).
        It '<Method> of blue is <Red>, 0, <Blue> at every pixel' -ForEach @(
            @{ Method = 'Gradient'; Red = -0.25; Blue = 0.25 }
            @{ Method = 'GradientTimesInput'; Red = 0; Blue = 0.25 }
            @{ Method = 'IntegratedGradients'; Red = 0; Blue = 0.25 }
            @{ Method = 'GuidedBackprop'; Red = -0.25; Blue = 0.25 }
            @{ Method = 'DeconvNet'; Red = -0.25; Blue = 0.25 }
        ) {
            $map = Get-SaliencyMap "$fixtures/blue.png" $Method -Model "$fixtures/tiny.onnx" -Class blue
            $map.Score | Should -Be 4
            $map.Values | Should -Be (@($Red) * 16 + @(0) * 16 + @($Blue) * 16)
        }

        It 'tells that a ReLU is off, to all but DeconvNet' {
            (Get-SaliencyMap "$fixtures/red.png" -Model "$fixtures/tiny.onnx" -Class blue).Values | Should -Be (@(0) * 48)
            (Get-SaliencyMap "$fixtures/red.png" DeconvNet -Model "$fixtures/tiny.onnx" -Class blue).Values | Should -Be (@(-0.25) * 16 + @(0) * 16 + @(0.25) * 16)
        }
    }

    Context 'several pictures' {
        It 'goes picture by picture, method by method, target by target' {
            $maps = Get-SaliencyMap "$photos/rocket.jpg", $coffee Gradient, GradCam -Class teapot, espresso
            $maps.ForEach({ "$([System.IO.Path]::GetFileNameWithoutExtension($_.Path)) $($_.Method) $($_.Target)" }) | Should -Be @(
                'rocket Gradient teapot', 'rocket Gradient espresso', 'rocket GradCam teapot', 'rocket GradCam espresso'
                'coffee Gradient teapot', 'coffee Gradient espresso', 'coffee GradCam teapot', 'coffee GradCam espresso')
        }

        It 'does not depend on the batch: <_>' -ForEach 'Gradient', 'SmoothGrad', 'LayerCam' {
            $single = Get-SaliencyMap $photos $_ -Samples 3 -BatchSize 1
            $together = Get-SaliencyMap $photos $_ -Samples 3 -BatchSize 4
            for ($i = 0; $i -lt 4; $i++) {
                $single[$i].Path | Should -Be $together[$i].Path
                LargestDifference $single[$i].Values $together[$i].Values | Should -BeLessThan (1e-3 * ($single[$i].Values | Measure-Object -Maximum).Maximum)
            }
        }

        It 'reports what cannot be read and goes on' {
            Set-Content "$TestDrive/notes.png" 'not a picture'
            $maps = Get-SaliencyMap "$TestDrive/notes.png", $coffee -ErrorVariable problems -ErrorAction SilentlyContinue
            @($maps).Count | Should -Be 1
            $problems.Count | Should -Be 1
            $problems[0].FullyQualifiedErrorId | Should -Be 'ImageUnreadable,CnnVis.PowerShell.Cmdlets.GetSaliencyMapCommand'
        }

        It 'takes predictions from the pipeline' {
            @(Get-CnnPrediction "$photos/*.png" | Get-SaliencyMap).Count | Should -Be 3
        }
    }

    Context 'numbers' {
        It 'are kept raw, and taken together as -Reduction says' {
            $map = Get-SaliencyMap $coffee
            ($map.Values | Measure-Object -Minimum).Minimum | Should -BeLessThan 0
            $at = 64 * 20 + 30
            $colors = 0..2 | ForEach-Object { $map.Values[4096 * $_ + $at] }
            $map.Map()[$at] | Should -Be ($colors | ForEach-Object { [Math]::Abs($_) } | Measure-Object -Maximum).Maximum
            $sum = ($colors | Measure-Object -Sum).Sum
            [Math]::Abs($map.Map('Sum')[$at] - $sum) | Should -BeLessThan 1e-6
            [Math]::Abs($map.Map('Mean')[$at] - $sum / 3) | Should -BeLessThan 1e-6
            [Math]::Abs($map.Map('Norm')[$at] - [Math]::Sqrt($colors[0] * $colors[0] + $colors[1] * $colors[1] + $colors[2] * $colors[2])) | Should -BeLessThan 1e-6
            (Get-SaliencyMap $coffee -Reduction Sum).Map()[$at] | Should -Be $map.Map('Sum')[$at]
        }
    }

    Context 'pictures' {
        It 'lies over the photo' {
            Get-SaliencyMap $coffee Gradient, GuidedBackprop | Export-CnnImage "$TestDrive/{Name}-{Method}.png"
            "$TestDrive/coffee-Gradient.png", "$TestDrive/coffee-GuidedBackprop.png" | Should -Exist
        }

        It 'shows guided backpropagation in colour' {
            $map = Get-SaliencyMap $coffee GuidedBackprop
            $map.IsPicture | Should -BeTrue
            "$($map.ToImage())" | Should -Be '64x64'
            $map.Photo.Width % 64 | Should -Be 0
        }
    }

    Context '-Localize' {
        It 'finds a box within the photo<_>' -ForEach '', ' by a graph cut' {
            $map = if ($_) { Get-SaliencyMap $coffee SmoothGrad -Samples 5 -GraphCut } else { Get-SaliencyMap $coffee SmoothGrad -Samples 5 -Localize }
            $map.Box.Width, $map.Box.Height | ForEach-Object { $_ | Should -BeGreaterThan 0 }
            $map.Box.X, $map.Box.Y | ForEach-Object { $_ | Should -BeGreaterOrEqual 0 }
            $map.Box.X + $map.Box.Width | Should -BeLessOrEqual 600
            $map.Box.Y + $map.Box.Height | Should -BeLessOrEqual 400
        }

        It 'is not asked for' {
            (Get-SaliencyMap $coffee).Box | Should -BeNullOrEmpty
        }
    }

    Context 'targets' {
        It 'explains numbers that are named, several from one pass' {
            $maps = Get-SaliencyMap $coffee -Target 'class(espresso) - class(teapot)', 'class(espresso)', 'class(teapot)', 'mean(relu5[3,:,:])'
            "$($maps.Target)" | Should -Be 'class(espresso) - class(teapot) class(espresso) class(teapot) mean(relu5[3,:,:])'
            $maps[0].Score | Should -BeGreaterThan 0
            $maps[0].Score - ($maps[1].Score - $maps[2].Score) | Should -BeLessThan 1e-4
            foreach ($i in 0, 100, 5000) { [math]::Abs($maps[0].Values[$i] - ($maps[1].Values[$i] - $maps[2].Values[$i])) | Should -BeLessThan 1e-4 }
            $maps[0].ScoreKind | Should -BeNullOrEmpty
        }

        It 'takes objects that are added up' {
            $espresso, $teapot = 'class(espresso)', 'class(teapot)' | ForEach-Object { [CnnVis.CnnTarget]::Parse($_) }
            (Get-SaliencyMap $coffee -Target ($espresso - 0.5 * $teapot)).Target.Number | Should -Be 'class(espresso) - 0.5*class(teapot)'
        }

        It 'says where a target is wrong' {
            { Get-SaliencyMap $coffee -Target 'relu5[3' } | Should -Throw '*at position 8 *'
            { Get-SaliencyMap $coffee -Target 'relu5[3]' } | Should -Throw '*give 3*'
            { Get-SaliencyMap $coffee -Target 'relu5[3,0,0]' -Class espresso } | Should -Throw '*give one of them*'
        }
    }
}
