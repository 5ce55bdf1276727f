BeforeAll { . "$PSScriptRoot/Common.ps1" }

Describe 'Get-CnnActivation' {
    Context 'shapes' {
        It 'gives <Layer> as <Channels> x <Height> x <Width>' -ForEach @(
            @{ Layer = 'conv1'; Channels = 64; Height = 32; Width = 32 }
            @{ Layer = 'pool2'; Channels = 128; Height = 7; Width = 7 }
            @{ Layer = 'relu5'; Channels = 192; Height = 7; Width = 7 }
            @{ Layer = 'flatten'; Channels = 1728; Height = 1; Width = 1 }
            @{ Layer = 'fc6'; Channels = 512; Height = 1; Width = 1 }
            @{ Layer = 'prob'; Channels = 100; Height = 1; Width = 1 }
        ) {
            $activation = Get-CnnActivation $coffee $Layer
            $activation | Should -BeOfType ([CnnVis.CnnActivation])
            $activation.Layer | Should -Be $Layer
            $activation.Model | Should -Be 'alexnet64'
            $activation.Path | Should -Be ([System.IO.Path]::GetFullPath($coffee))
            $activation.Channels | Should -Be (0..($Channels - 1))
            $activation.Height, $activation.Width | Should -Be $Height, $Width
            $activation.Values.Length | Should -Be ($Channels * $Height * $Width)
            $activation.Map(1).Length | Should -Be ($Height * $Width)
        }

        It 'shows the first ReLU unless told otherwise' {
            (Get-CnnActivation $coffee).Layer | Should -Be 'relu1'
        }
    }

    Context 'values' {
        It 'keeps the order of the channels, and repetitions: <_>' -ForEach '3,2,1,0', '3,3,3,3', '0,2' {
            $wanted = [int[]]$_.Split(',')
            $all = Get-CnnActivation "$fixtures/blue.png" conv1 -Model "$fixtures/tiny.onnx"
            $some = Get-CnnActivation "$fixtures/blue.png" conv1 -Model "$fixtures/tiny.onnx" -Channel $wanted
            $some.Channels | Should -Be $wanted
            for ($i = 0; $i -lt $wanted.Count; $i++) { $some.Map($i).ToArray() | Should -Be $all.Map($wanted[$i]).ToArray() }
        }

        It 'computes <Layer> of a <Picture> picture as one does by hand' -ForEach @(
            @{ Picture = 'red'; Layer = 'conv1'; Values = -1, 1, 1, -1 }
            @{ Picture = 'blue'; Layer = 'conv1'; Values = -1, 1, 0, 1 }
            @{ Picture = 'red'; Layer = 'relu1'; Values = 0, 1, 1, 0 }
            @{ Picture = 'blue'; Layer = 'pool1'; Values = 0, 1, 0, 1 }
            @{ Picture = 'blue'; Layer = 'fc2'; Values = 0, 4 }
            @{ Picture = 'black'; Layer = 'prob'; Values = 0.5, 0.5 }
        ) {
            $activation = Get-CnnActivation "$fixtures/$Picture.png" $Layer -Model "$fixtures/tiny.onnx"
            for ($i = 0; $i -lt $Values.Count; $i++) { $activation.Map($i).ToArray() | Should -Be (@($Values[$i]) * ($activation.Height * $activation.Width)) }
        }

        It 'cuts <Before> off at zero in <After>' -ForEach @{ Before = 'conv1'; After = 'relu1' }, @{ Before = 'conv5'; After = 'relu5' }, @{ Before = 'fc6'; After = 'relu6' } {
            $first, $second = Get-CnnActivation $coffee $Before, $After
            ($first.Values | Measure-Object -Minimum).Minimum | Should -BeLessThan 0
            $difference = 0.0
            for ($i = 0; $i -lt $first.Values.Length; $i++) { $difference += [Math]::Abs([Math]::Max($first.Values[$i], 0) - $second.Values[$i]) }
            $difference | Should -Be 0
        }

        It 'takes the largest of each window in pool5' {
            $before, $after = Get-CnnActivation $coffee relu5, pool5 -Channel 7
            $expected = foreach ($row in 0..2) { foreach ($column in 0..2) { (0, 1, 7, 8 | ForEach-Object { $before.Values[14 * $row + 2 * $column + $_] } | Measure-Object -Maximum).Maximum } }
            $after.Values | Should -Be $expected
        }

        It 'ends in the probabilities of Get-CnnPrediction' {
            $values = (Get-CnnActivation $coffee prob).Values
            foreach ($class in (Get-CnnPrediction $coffee -Top 100).Top) { [Math]::Abs($values[$class.Index] - $class.Probability) | Should -BeLessThan 1e-6 }
        }

        It 'knows its largest value' {
            $activation = Get-CnnActivation $coffee conv5
            $activation.Maximum | Should -Be ($activation.Values | Measure-Object -Maximum).Maximum
        }

        It 'does not depend on the batch' {
            $single = Get-CnnActivation $photos relu5 -BatchSize 1
            $together = Get-CnnActivation $photos relu5 -BatchSize 4
            for ($i = 0; $i -lt 4; $i++) { LargestDifference $single[$i].Values $together[$i].Values | Should -BeLessThan 1e-4 }
        }
    }

    Context '-Channel' {
        It 'gives the same maps as all channels do' {
            $all = Get-CnnActivation $coffee relu2
            $some = Get-CnnActivation $coffee relu2 -Channel 3, 100, 17
            $some.Channels | Should -Be 3, 100, 17
            $some.Values.Length | Should -Be (3 * 225)
            for ($i = 0; $i -lt 3; $i++) { $some.Map($i).ToArray() | Should -Be $all.Map($some.Channels[$i]).ToArray() }
        }

        It 'picks units of fully connected layers' {
            $all = Get-CnnActivation $coffee fc7
            (Get-CnnActivation $coffee fc7 -Channel 511, 0).Values | Should -Be $all.Values[511], $all.Values[0]
        }

        It 'refuses channel <_>' -ForEach 64, -1 {
            $failure = { Get-CnnActivation $coffee conv1 -Channel 0, $_ } | Should -Throw -ErrorId 'ChannelNotFound,CnnVis.PowerShell.Cmdlets.GetCnnActivationCommand' -PassThru
            $failure.Exception.Message | Should -BeLike '*64 channels*0 to 63*'
            $failure.TargetObject | Should -Be $_
        }

        It 'must be there in each of several layers' {
            { Get-CnnActivation $coffee conv1, conv2 -Channel 100 } | Should -Throw -ErrorId 'ChannelNotFound,*'
            @(Get-CnnActivation $coffee conv2, conv3 -Channel 100).Count | Should -Be 2
        }
    }

    Context 'several layers and pictures' {
        It 'gives picture by picture, layers in order of computation' {
            $activations = Get-CnnActivation "$photos/rocket.jpg", $coffee fc6, conv1, 'relu[12]'
            $activations.ForEach({ "$([System.IO.Path]::GetFileNameWithoutExtension($_.Path)) $($_.Layer)" }) | Should -Be @(
                'rocket conv1', 'rocket relu1', 'rocket relu2', 'rocket fc6', 'coffee conv1', 'coffee relu1', 'coffee relu2', 'coffee fc6')
        }

        It 'takes predictions from the pipeline' {
            (Get-CnnPrediction "$photos/*.png" | Get-CnnActivation -Layer conv1 -Channel 0).Count | Should -Be 3
        }

        It 'reports what cannot be read and goes on' {
            Set-Content "$TestDrive/notes.png" 'not a picture'
            $activations = Get-CnnActivation "$TestDrive/notes.png", $coffee conv1, relu1 -ErrorVariable problems -ErrorAction SilentlyContinue
            $activations.Layer | Should -Be 'conv1', 'relu1'
            $problems.Count | Should -Be 1
            $problems[0].FullyQualifiedErrorId | Should -Be 'ImageUnreadable,CnnVis.PowerShell.Cmdlets.GetCnnActivationCommand'
        }

        It 'tells an unknown layer' {
            $failure = { Get-CnnActivation $coffee rellu1 } | Should -Throw -ErrorId 'LayerNotFound,CnnVis.PowerShell.Cmdlets.GetCnnActivationCommand' -PassThru
            $failure.Exception.Message | Should -BeLike '*Did you mean relu1*'
        }
    }
}
