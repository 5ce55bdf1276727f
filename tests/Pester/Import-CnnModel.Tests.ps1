BeforeAll {
    . "$PSScriptRoot/Common.ps1"
    function Probability($Model, $Picture, $Class) { (Get-CnnPrediction "$fixtures/$Picture.png" -Model $Model -Class $Class).Probability }
}

Describe 'Import-CnnModel' {
    It 'makes networks of the catalog for other channels, and reads their weights again' {
        $grey = Import-CnnModel resnet20_cifar -Random -Seed 3 -InputChannel 1
        $grey.InputChannels, $grey.InputHeight, $grey.Classes.Count, $grey.ParameterCount | Should -Be 1, 32, 10, 269434
        Export-CnnModel "$TestDrive/grey.safetensors" -Model $grey
        $again = Import-CnnModel resnet20_cifar -WeightPath "$TestDrive/grey.safetensors"
        $again.InputChannels, $again.ParameterCount | Should -Be 1, 269434
        $again.Classes[2] | Should -Be 'bird'
    }

    It 'says that of an architecture alone weights are missing' {
        (Get-CnnModel resnet20_cifar).Status | Should -Be 'Architecture'
        { Import-CnnModel resnet20_cifar -ErrorAction Stop } | Should -Throw '*-WeightPath*' -ErrorId 'ModelNotFound,*'
    }

    Context 'a file' {
        It 'gives a network named like the file' {
            $model = Import-CnnModel $tiny
            $model | Should -BeOfType ([CnnVis.CnnModel])
            $model.Name | Should -Be 'tiny'
            $model.Source | Should -Be $tiny
            $model.Classes | Should -Be 'red', 'blue'
            $model.InputChannels, $model.InputHeight, $model.InputWidth | Should -Be 3, 4, 4
            $model.ParameterCount | Should -Be 26
            $model.MultiplyAdds | Should -Be 200
            $model.Device | Should -Be 'cpu'
        }

        It 'takes wildcards, files from the pipeline and literal paths' {
            (Import-CnnModel "$fixtures/*.onnx").Name | Should -Be 'four-channels', 'one-channel', 'tiny'
            (Get-Item $tiny | Import-CnnModel).Name | Should -Be 'tiny'
            Copy-Item $tiny "$TestDrive/net [1] ü 漢.onnx"
            (Import-CnnModel -LiteralPath "$TestDrive/net [1] ü 漢.onnx").Name | Should -Be 'net [1] ü 漢'
            (Import-CnnModel "$TestDrive/net [1] ü 漢.onnx").Name | Should -Be 'net [1] ü 漢'
        }

        It 'gives a network that every cmdlet takes, as the file itself is' {
            $model = Import-CnnModel $tiny
            (Get-CnnPrediction "$fixtures/blue.png" -Model $model).Class | Should -Be 'blue'
            (Get-CnnPrediction "$fixtures/blue.png" -Model $tiny).Class | Should -Be 'blue'
            (Get-CnnLayer conv1 -Model $model).Channels | Should -Be 4
        }
    }

    Context 'what the file does not say' {
        It 'takes a name' {
            $model = Import-CnnModel $tiny -Name colours
            $model.Name | Should -Be 'colours'
            (Get-CnnPrediction "$fixtures/red.png" -Model $model).Model | Should -Be 'colours'
        }

        It 'takes class names from a list' {
            $model = Import-CnnModel $tiny -Label warm, cold
            $model.Classes | Should -Be 'warm', 'cold'
            (Get-CnnPrediction "$fixtures/blue.png" -Model $model).Class | Should -Be 'cold'
        }

        It 'takes class names from a file, a name a line' {
            Set-Content "$TestDrive/labels.txt" 'a cup of tea', 'ü 漢'
            (Import-CnnModel $tiny -Label "$TestDrive/labels.txt").Classes | Should -Be 'a cup of tea', 'ü 漢'
        }

        It 'refuses <Count> class names for two outputs' -ForEach @{ Count = 1; Label = @('only') }, @{ Count = 3; Label = 'a', 'b', 'c' } {
            Import-CnnModel $tiny -Label $Label -ErrorVariable problems -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
            $problems.Count | Should -Be 1
            $problems[0].FullyQualifiedErrorId | Should -Be 'InvalidArgument,CnnVis.PowerShell.Cmdlets.ImportCnnModelCommand'
            $problems[0].Exception.Message | Should -BeLike "*2 outputs*$Count class names*"
        }

        It 'normalises as told: <What>' -ForEach @(
            @{ What = 'one mean for all'; Setting = @{ Mean = 0.5 }; Red = 2 }
            @{ What = 'a mean a channel'; Setting = @{ Mean = 0.25, 0, 0 }; Red = 3 }
            @{ What = 'a deviation'; Setting = @{ StandardDeviation = 0.5 }; Red = 8 }
            @{ What = 'mean, then deviation'; Setting = @{ Mean = 0.5; StandardDeviation = 0.25 }; Red = 8 }
        ) {
            # filter 2 is (red - mean) / deviation, and the class's logit 4 times that; the other class's is 0 or the like of blue - red, negative.
            $model = Import-CnnModel $tiny @Setting
            [Math]::Abs((Probability $model 'red' 'red') - 1 / (1 + [Math]::Exp(-$Red))) | Should -BeLessThan 1e-6
        }

        It 'takes class names from JSON' {
            Set-Content "$TestDrive/labels.json" '{"0": "warm", "1": "cold"}'
            (Import-CnnModel $tiny -Label "$TestDrive/labels.json").Classes | Should -Be 'warm', 'cold'
        }

        It 'gives the network the range that it takes' {
            # filter 2 is red; the class's logit 4 times that.
            [Math]::Abs((Probability (Import-CnnModel $tiny -ValueRange Signed -Mean 0.5) 'red' 'red') - 1 / (1 + [Math]::Exp(-2))) | Should -BeLessThan 1e-6
            $conv = Get-CnnActivation "$fixtures/red.png" conv1 -Channel 2 -Model (Import-CnnModel $tiny -ValueRange Byte -Mean 5 -StandardDeviation 2)
            [Math]::Abs($conv.Values[0] - 125) | Should -BeLessThan 1e-3
        }

        It 'gives the network the order of colours that it takes' {
            $model = Import-CnnModel $tiny -ChannelOrder Bgr
            (Get-CnnActivation "$fixtures/red.png" conv1 -Channel 2 -Model $model).Values[0] | Should -Be 0
            (Get-CnnActivation "$fixtures/blue.png" conv1 -Channel 2 -Model $model).Values[0] | Should -Be 1
            $model.ParameterCount | Should -Be 26
        }

        It 'takes another value for the answer' {
            $model = Import-CnnModel $tiny -OutputName conv1
            $model.Answer | Should -Be 'Maps'
            $model.Classes.Count | Should -Be 4
            $model.Layers.Operator | Should -Be 'Conv'
            (Import-CnnModel $tiny -OutputName conv1 -Answer Codes).Classes | Should -BeNullOrEmpty
        }

        It 'tells an <Kind> that is not there' -ForEach @{ Kind = 'input'; Setting = @{ InputName = 'picture' } }, @{ Kind = 'output'; Setting = @{ OutputName = 'conv9' } } {
            Import-CnnModel $tiny @Setting -ErrorVariable problems -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
            $problems.Count | Should -Be 1
            $problems[0].FullyQualifiedErrorId | Should -Be 'InvalidArgument,CnnVis.PowerShell.Cmdlets.ImportCnnModelCommand'
            $problems[0].Exception.Message | Should -BeLike "*no $Kind*"
        }

        It 'takes rows and columns' {
            $model = Import-CnnModel $tiny -InputSize 6, 5
            $model.InputHeight, $model.InputWidth | Should -Be 6, 5
            { Import-CnnModel $tiny -InputSize 1, 2, 3 } | Should -Throw -ErrorId 'ParameterArgumentValidationError,*'
        }

        It 'shows a network arrays in place of pictures' {
            $header = "{'descr': '|u1', 'fortran_order': False, 'shape': (3, 4, 4), }`n"
            $bytes = [byte[]](@(0x93) + [byte[]][char[]]'NUMPY' + @(1, 0, $header.Length, 0) + [byte[]][char[]]$header + @(255) * 16 + @(0) * 32)
            [System.IO.File]::WriteAllBytes("$TestDrive/red.npy", $bytes)
            (Get-CnnPrediction "$TestDrive/red.npy" -Model $tiny).Probability | Should -Be (Get-CnnPrediction "$fixtures/red.png" -Model $tiny).Probability
            Get-CnnPrediction "$TestDrive/red.npy" -Model (Import-CnnModel $tiny -Name again) | Should -Not -BeNullOrEmpty
        }

        It 'refuses a mean of two channels' {
            Import-CnnModel $tiny -Mean 0.5, 0.5 -ErrorVariable problems -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
            $problems.Count | Should -Be 1
            $problems[0].FullyQualifiedErrorId | Should -Be 'InvalidArgument,CnnVis.PowerShell.Cmdlets.ImportCnnModelCommand'
        }

        It 'refuses a deviation of zero' {
            { Import-CnnModel $tiny -StandardDeviation 0 } | Should -Throw -ErrorId 'ParameterArgumentValidationError,*'
        }

        It 'brings photos to the size as told' {
            # The sides of a wide picture are cut away, or squeezed in, or letterboxed in grey.
            $image = [CnnVis.PixelImage]::new(12, 4, [byte[]]@(foreach ($row in 0..3) { foreach ($column in 0..11) { if ($column -in 4..7) { 255, 0, 0 } else { 0, 0, 255 } } }))
            $image | Export-CnnImage "$TestDrive/stripe.png"
            $crop, $stretch, $pad = foreach ($mode in 'Crop', 'Stretch', 'Pad') {
                Get-CnnActivation "$TestDrive/stripe.png" conv1 -Channel 2 -Model (Import-CnnModel $tiny -ResizeMode $mode)
            }
            $crop.Values | Should -Be (@(1) * 16)
            $stretch.Values[0] | Should -BeLessThan 0.5
            $stretch.Values[1] | Should -BeGreaterThan 0.5
            $pad.Values[0] | Should -BeGreaterThan 0.4
            $pad.Values[0] | Should -BeLessThan 0.6
        }

        It 'interpolates as told' {
            # From twelve columns to four: the second one sees the middle third, by a triangle or by Keys' cubic.
            $image = [CnnVis.PixelImage]::new(12, 4, [byte[]]@(foreach ($row in 0..3) { foreach ($column in 0..11) { if ($column -in 4..7) { 255, 0, 0 } else { 0, 0, 255 } } }))
            $image | Export-CnnImage "$TestDrive/third.png"
            $linear, $cubic = foreach ($interpolation in 'Bilinear', 'Bicubic') {
                $model = Import-CnnModel $tiny -ResizeMode Stretch -Interpolation $interpolation
                (Get-CnnActivation "$TestDrive/third.png" conv1 -Channel 2 -Model $model).Values[1]
            }
            [Math]::Abs($linear - 2 / 3) | Should -BeLessThan 1e-4
            [Math]::Abs($cubic - 0.6951) | Should -BeLessThan 1e-4
        }
    }

    Context 'errors' {
        It 'tells <What> and goes on' -ForEach @(
            @{ What = 'garbage'; Bytes = [byte[]](1..200) }
            @{ What = 'text'; Bytes = [System.Text.Encoding]::UTF8.GetBytes('this is no network at all') }
            @{ What = 'an empty file'; Bytes = [byte[]]@() }
            @{ What = 'zeros'; Bytes = [byte[]]::new(1000) }
        ) {
            [System.IO.File]::WriteAllBytes("$TestDrive/bad.onnx", $Bytes)
            $models = Import-CnnModel "$TestDrive/bad.onnx", $tiny -ErrorVariable problems -ErrorAction SilentlyContinue
            $models.Name | Should -Be 'tiny'
            $problems.Count | Should -Be 1
            $problems[0].FullyQualifiedErrorId | Should -Be 'ModelUnreadable,CnnVis.PowerShell.Cmdlets.ImportCnnModelCommand'
            $problems[0].CategoryInfo.Category | Should -Be 'InvalidData'
            $problems[0].Exception.Message | Should -BeLike '*bad.onnx*'
        }

        It 'tells a file that was cut off' {
            $bytes = [System.IO.File]::ReadAllBytes($tiny)
            foreach ($length in 1, 50, 360, ($bytes.Length - 1)) {
                [System.IO.File]::WriteAllBytes("$TestDrive/cut.onnx", [byte[]]$bytes[0..($length - 1)])
                Import-CnnModel "$TestDrive/cut.onnx" -ErrorVariable problems -ErrorAction SilentlyContinue | Should -BeNullOrEmpty -Because "only $length bytes are there"
                $problems.Count | Should -Be 1
                $problems[0].FullyQualifiedErrorId | Should -Be 'ModelUnreadable,CnnVis.PowerShell.Cmdlets.ImportCnnModelCommand'
            }
        }

        It 'tells weights from networks' {
            Export-CnnModel "$TestDrive/weights.safetensors" -Model $tiny
            Import-CnnModel -LiteralPath "$TestDrive/weights.safetensors" -ErrorVariable problems -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
            $problems[0].FullyQualifiedErrorId | Should -Be 'ModelUnreadable,CnnVis.PowerShell.Cmdlets.ImportCnnModelCommand'
            $problems[0].Exception.Message | Should -BeLike '*safetensors*Import-CnnModel resnet18 -WeightPath*weights.safetensors*'
        }

        It 'tells a path that is not there' {
            Import-CnnModel "$TestDrive/none.onnx" -ErrorVariable problems -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
            $problems.Count | Should -Be 1
            $problems[0].FullyQualifiedErrorId | Should -Be 'PathNotFound,CnnVis.PowerShell.Cmdlets.ImportCnnModelCommand'
        }

        It 'takes a label with a colon for a name' {
            $failure = $null
            Import-CnnModel $tiny -Label 'class: x' -ErrorVariable failure -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
            $failure[0].FullyQualifiedErrorId | Should -Be 'InvalidArgument,CnnVis.PowerShell.Cmdlets.ImportCnnModelCommand'
            $failure[0].Exception.Message | Should -BeLike "*'class: x' is no file*"
        }

        It 'refuses to subtract a mean twice' {
            Get-CnnModel alexnet64 | Export-CnnModel "$TestDrive/normalised.onnx"
            Import-CnnModel "$TestDrive/normalised.onnx" -Mean 0.5 -ErrorVariable failure -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
            $failure[0].FullyQualifiedErrorId | Should -Be 'InvalidArgument,CnnVis.PowerShell.Cmdlets.ImportCnnModelCommand'
            $failure[0].Exception.Message | Should -BeLike '*subtracts a mean itself*'
        }

        It 'refuses a mean that is no number' {
            { Import-CnnModel $tiny -Mean ([float]::NaN) } | Should -Throw -ErrorId 'ParameterArgumentValidationError,CnnVis.PowerShell.Cmdlets.ImportCnnModelCommand'
        }

        It 'refuses a Softmax along an axis that is not there' {
            $bytes = [System.IO.File]::ReadAllBytes($tiny)
            $bytes[312] = 29
            [System.IO.File]::WriteAllBytes("$TestDrive/axis.onnx", $bytes)
            Import-CnnModel "$TestDrive/axis.onnx" -ErrorVariable failure -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
            $failure[0].FullyQualifiedErrorId | Should -Be 'ModelUnreadable,CnnVis.PowerShell.Cmdlets.ImportCnnModelCommand'
            $failure[0].Exception.Message | Should -BeLike '*Softmax has axis 29*'
        }

        It 'tells a folder' {
            Import-CnnModel $TestDrive -ErrorVariable problems -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
            $problems.Count | Should -Be 1
            $problems[0].FullyQualifiedErrorId | Should -BeLike '*,CnnVis.PowerShell.Cmdlets.ImportCnnModelCommand'
        }

        It 'tells a picture that is used as a network' {
            { Get-CnnPrediction "$fixtures/red.png" -Model "$fixtures/red.png" } | Should -Throw -ErrorId 'ModelUnreadable,CnnVis.PowerShell.Cmdlets.GetCnnPredictionCommand'
        }

        It 'refuses the device <_>' -ForEach 'quantum', 'cpu:1', 'cuda:', 'gpu' {
            { Import-CnnModel $tiny -Device $_ } | Should -Throw -ErrorId 'DeviceNotAvailable,CnnVis.PowerShell.Cmdlets.ImportCnnModelCommand'
        }

        It 'says what to do where there is no CUDA device' -Skip:([System.IO.File]::Exists('/dev/nvidia0')) {
            $failure = { Import-CnnModel $tiny -Device cuda } | Should -Throw -ErrorId 'DeviceNotAvailable,CnnVis.PowerShell.Cmdlets.ImportCnnModelCommand' -PassThru
            $failure.TargetObject | Should -Be 'cuda'
            $failure.CategoryInfo.Category | Should -Be 'ResourceUnavailable'
            $failure.Exception.Message | Should -BeLike '*Leave -Device out*'
        }
    }

    Context 'a network of the catalog' {
        BeforeAll {
            $settings = $env:CNNVIS_HOME, $env:CNNVIS_MIRROR
            $env:CNNVIS_HOME = "$TestDrive/home"
            $env:CNNVIS_MIRROR = 'http://127.0.0.1:9/models'
        }

        AfterAll {
            $env:CNNVIS_HOME, $env:CNNVIS_MIRROR = $settings
        }

        It 'has random weights, the same for the same seed' {
            $model = Import-CnnModel squeezenet1_1 -Random -Seed 3
            $model | Should -BeOfType ([CnnVis.CnnModel])
            $model.Name, $model.Status, $model.ParameterCount | Should -Be 'squeezenet1_1', 'Loaded', 1235496
            $model.Source | Should -Be 'random, seed 3'
            $model.Classes[0], $model.Classes[999] | Should -Be 'tench', 'toilet tissue'
            $probability = foreach ($seed in 3, 3, 4) { (Get-CnnPrediction "$photos/coffee.png" -Model (Import-CnnModel squeezenet1_1 -Random -Seed $seed) -Class espresso).Probability }
            $probability[1] | Should -Be $probability[0]
            $probability[2] | Should -Not -Be $probability[0]
        }

        It 'has as many outputs as there are labels, and other names and sizes' {
            $model = Import-CnnModel -Architecture SqueezeNet1_1 -Random -Label a, b, c -Name mine -InputSize 64
            $model.Name, $model.InputHeight | Should -Be 'mine', 64
            $model.Classes | Should -Be 'a', 'b', 'c'
            (Get-CnnPrediction "$photos/coffee.png" -Model $model).Top.Count | Should -Be 3
        }

        It 'takes weights from a file, and the number of classes with them' {
            $tuned = Import-CnnModel squeezenet1_1 -Random -Seed 5 -Label a, b, c
            $tuned | Export-CnnModel "$TestDrive/tuned.safetensors" -Format Safetensors
            $model = Import-CnnModel squeezenet1_1 -WeightPath "$TestDrive/tuned.safetensors" -Label a, b, c
            $model.Source | Should -Be ([IO.Path]::GetFullPath("$TestDrive/tuned.safetensors"))
            (Get-CnnPrediction "$photos/coffee.png" -Model $model -Class b).Probability | Should -Be (Get-CnnPrediction "$photos/coffee.png" -Model $tuned -Class b).Probability
            (Import-CnnModel squeezenet1_1 -WeightPath "$TestDrive/tuned.safetensors").Classes | Should -Be 'class 0', 'class 1', 'class 2'
        }

        It 'lists what does not fit of another network''s weights' {
            Import-CnnModel squeezenet1_1 -Random | Export-CnnModel "$TestDrive/other.safetensors" -Format Safetensors
            Import-CnnModel resnet18 -WeightPath "$TestDrive/other.safetensors" -ErrorVariable problems -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
            $problems[0].FullyQualifiedErrorId | Should -Be 'WeightsMismatch,CnnVis.PowerShell.Cmdlets.ImportCnnModelCommand'
            $problems[0].Exception.Message | Should -BeLike '*missing*conv1.weight*'
        }

        It 'cannot be had offline, and the error says what to do: <_>' -ForEach 'Import-CnnModel alexnet', 'Import-CnnModel -Architecture AlexNet', 'Get-CnnModel alexnet | Import-CnnModel' {
            & ([scriptblock]::Create($_)) 2>&1 | ForEach-Object { $failure = $_ }
            $failure.FullyQualifiedErrorId | Should -Be 'DownloadFailed,CnnVis.PowerShell.Cmdlets.ImportCnnModelCommand'
            $failure.CategoryInfo.Category | Should -Be 'ConnectionError'
            $failure.Exception.Message | Should -BeLike '*http://127.0.0.1:9/models/alexnet-owt-7be5be79.pth*7be5be79*home*weights*CNNVIS_MIRROR*-WeightPath*-Random*'
        }

        It 'is what -Model takes by its name' {
            { Get-CnnPrediction "$photos/coffee.png" -Model resnet18 } | Should -Throw -ErrorId 'DownloadFailed,CnnVis.PowerShell.Cmdlets.GetCnnPredictionCommand'
        }

        It 'loses to a file that is written as one' {
            Copy-Item $tiny "$TestDrive/alexnet"
            Push-Location $TestDrive
            try {
                (Import-CnnModel ./alexnet).Classes | Should -Be 'red', 'blue'
                (Import-CnnModel -LiteralPath alexnet).Classes | Should -Be 'red', 'blue'
            }
            finally { Pop-Location }
        }

        It 'may be the bundled one, with other settings' {
            (Import-CnnModel alexnet64 -Name copy).Name | Should -Be 'copy'
        }

        It 'tells a wrong name: <_>' -ForEach 'Import-CnnModel resnet19', 'Import-CnnModel resnet19 -Random', 'Import-CnnModel -Architecture resnet19' {
            & ([scriptblock]::Create($_)) 2>&1 | ForEach-Object { $failure = $_ }
            $failure.FullyQualifiedErrorId | Should -Be 'ModelNotFound,CnnVis.PowerShell.Cmdlets.ImportCnnModelCommand'
            $failure.Exception.Message | Should -BeLike '*resnet18*'
        }

        It 'has two cranes' {
            $failure = { Get-CnnPrediction "$photos/coffee.png" -Model (Import-CnnModel squeezenet1_1 -Random) -Class crane } | Should -Throw -ErrorId 'ClassNotFound,*' -PassThru
            $failure.Exception.Message | Should -BeLike '*134, 517*'
        }
    }

    It 'says what a network answers with, and lets it be overruled' {
        (Import-CnnModel alexnet64).Answer | Should -Be 'Classes'
        (Import-CnnModel alexnet64).AnswerReason | Should -BeLike '*Softmax over 100 classes*'
        $code = Import-CnnModel "$PSScriptRoot/../../bin/engine/models/alexnet64.onnx" -OutputName relu7
        $code.Answer | Should -Be 'Codes'
        { Get-CnnPrediction $coffee -Model $code -ErrorAction Stop } | Should -Throw '*codes*'
        (Get-CnnCode $coffee -Model $code).Layer | Should -Be 'relu7'
    }
}
