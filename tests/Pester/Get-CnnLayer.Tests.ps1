BeforeAll { . "$PSScriptRoot/Common.ps1" }

Describe 'Get-CnnLayer' {
    # By hand: side = floor((side + 2 padding - kernel) / stride) + 1; parameters = filters (window + 1); multiply-adds = outputs x window;
    # field += (kernel - 1) stride so far, offset -= padding x stride so far.
    It 'knows <Layer> of the bundled network' -ForEach @(
        @{ Layer = 'conv1'; Shape = '64 x 32 x 32'; Parameters = 64 * (147 + 1); MultiplyAdds = 65536 * 147; Field = '7 / 2 / -3' }
        @{ Layer = 'relu1'; Shape = '64 x 32 x 32'; Parameters = 0; MultiplyAdds = 0; Field = '7 / 2 / -3' }
        @{ Layer = 'pool1'; Shape = '64 x 15 x 15'; Parameters = 0; MultiplyAdds = 0; Field = '11 / 4 / -3' }
        @{ Layer = 'conv2'; Shape = '128 x 15 x 15'; Parameters = 128 * (1600 + 1); MultiplyAdds = 28800 * 1600; Field = '27 / 4 / -11' }
        @{ Layer = 'pool2'; Shape = '128 x 7 x 7'; Parameters = 0; MultiplyAdds = 0; Field = '35 / 8 / -11' }
        @{ Layer = 'conv3'; Shape = '224 x 7 x 7'; Parameters = 224 * (1152 + 1); MultiplyAdds = 10976 * 1152; Field = '51 / 8 / -19' }
        @{ Layer = 'conv4'; Shape = '224 x 7 x 7'; Parameters = 224 * (2016 + 1); MultiplyAdds = 10976 * 2016; Field = '67 / 8 / -27' }
        @{ Layer = 'conv5'; Shape = '192 x 7 x 7'; Parameters = 192 * (2016 + 1); MultiplyAdds = 9408 * 2016; Field = '83 / 8 / -35' }
        @{ Layer = 'pool5'; Shape = '192 x 3 x 3'; Parameters = 0; MultiplyAdds = 0; Field = '91 / 16 / -35' }
        @{ Layer = 'fc6'; Shape = '512'; Parameters = 512 * (1728 + 1); MultiplyAdds = 512 * 1728; Field = '123 / 0 / -35' }
        @{ Layer = 'fc7'; Shape = '512'; Parameters = 512 * (512 + 1); MultiplyAdds = 512 * 512; Field = '123 / 0 / -35' }
        @{ Layer = 'fc8'; Shape = '100'; Parameters = 100 * (512 + 1); MultiplyAdds = 100 * 512; Field = '123 / 0 / -35' }
        @{ Layer = 'prob'; Shape = '100'; Parameters = 0; MultiplyAdds = 0; Field = '123 / 0 / -35' }
    ) {
        $found = Get-CnnLayer $Layer
        $found.Alias | Should -Be $Layer
        $found.Model | Should -Be 'alexnet64'
        $found.OutputShape -join ' x ' | Should -Be $Shape
        $found.Channels | Should -Be $found.OutputShape[0]
        $found.ParameterCount | Should -Be $Parameters
        $found.MultiplyAdds | Should -Be $MultiplyAdds
        "$($found.ReceptiveField)" | Should -Be $Field
    }

    It 'lists all layers in order of computation, each with its own alias' {
        $layers = @(Get-CnnLayer)
        $layers.Index | Should -Be (0..($layers.Count - 1))
        @($layers.Alias | Sort-Object -Unique).Count | Should -Be $layers.Count
        $layers[-1].Alias | Should -Be 'prob'
    }

    It 'agrees with the network on the sums' {
        $model = Get-CnnModel alexnet64
        (Get-CnnLayer | Measure-Object ParameterCount -Sum).Sum | Should -Be $model.ParameterCount
        (Get-CnnLayer | Measure-Object MultiplyAdds -Sum).Sum | Should -Be $model.MultiplyAdds
        @(Get-CnnLayer).Count | Should -Be $model.Layers.Count
    }

    It 'takes wildcards, in any case, and gives each layer once' {
        (Get-CnnLayer 'conv*').Alias | Should -Be 'conv1', 'conv2', 'conv3', 'conv4', 'conv5'
        (Get-CnnLayer 'FC[67]').Alias | Should -Be 'fc6', 'fc7'
        (Get-CnnLayer 'pool?', 'conv1', 'POOL1').Alias | Should -Be 'conv1', 'pool1', 'pool2', 'pool5'
    }

    It 'takes models from the pipeline, by object, name and file' {
        (Get-CnnModel alexnet64 | Get-CnnLayer conv3).OutputShape | Should -Be 224, 7, 7
        ('alexnet64' | Get-CnnLayer fc8).OutputShape | Should -Be 100
        (Get-CnnLayer -Model $tiny).Alias | Should -Be 'conv1', 'relu1', 'pool1', 'flatten', 'fc2', 'prob'
    }

    It 'sees how the field grows over a whole picture in a network by hand' {
        (Get-CnnLayer conv1 -Model $tiny).ParameterCount | Should -Be 16
        (Get-CnnLayer conv1 -Model $tiny).MultiplyAdds | Should -Be 192
        (Get-CnnLayer conv1 -Model $tiny).ReceptiveField.Size | Should -Be 1
        (Get-CnnLayer pool1 -Model $tiny).ReceptiveField.Size | Should -Be 4
        (Get-CnnLayer fc2 -Model $tiny).MultiplyAdds | Should -Be 8
    }

    It 'clips a unit''s patch to the picture' {
        $box = (Get-CnnLayer conv1).ReceptiveField.Box(0, 31, 64, 64)
        $box.Y, $box.Height | Should -Be 0, 4
        $box.X, $box.Width | Should -Be 59, 5
    }

    It 'suggests the nearest names for a layer that is not there' {
        $failure = { Get-CnnLayer conv55 } | Should -Throw -ErrorId 'LayerNotFound,CnnVis.PowerShell.Cmdlets.GetCnnLayerCommand' -PassThru
        $failure.Exception.Message | Should -BeLike "*'conv55'*Did you mean conv5*"
        $failure.TargetObject | Should -Be 'conv55'
        $failure.CategoryInfo.Category | Should -Be 'ObjectNotFound'
    }

    It 'lists the layers where a wildcard matches none' {
        $failure = { Get-CnnLayer 'lstm*' } | Should -Throw -ErrorId 'LayerNotFound,*' -PassThru
        $failure.Exception.Message | Should -BeLike '*conv1, relu1*'
    }

    It 'tells a wildcard that makes no sense' {
        { Get-CnnLayer 'conv[' } | Should -Throw -ErrorId 'InvalidArgument,CnnVis.PowerShell.Cmdlets.GetCnnLayerCommand'
        { Get-CnnModel 'alex[' } | Should -Throw -ErrorId 'InvalidArgument,CnnVis.PowerShell.Cmdlets.GetCnnModelCommand'
    }

    It 'takes a model name with a colon for an unknown one' {
        { Get-CnnLayer -Model 'hub:resnet' } | Should -Throw -ErrorId 'ModelNotFound,CnnVis.PowerShell.Cmdlets.GetCnnLayerCommand'
    }

    It 'tells an unknown network and an unknown device' {
        { Get-CnnLayer -Model resnet9000 } | Should -Throw -ErrorId 'ModelNotFound,CnnVis.PowerShell.Cmdlets.GetCnnLayerCommand'
        { Get-CnnLayer -Device quantum } | Should -Throw -ErrorId 'DeviceNotAvailable,CnnVis.PowerShell.Cmdlets.GetCnnLayerCommand'
    }
}
