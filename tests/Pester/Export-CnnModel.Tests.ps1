BeforeAll { . "$PSScriptRoot/Common.ps1" }

Describe 'Export-CnnModel' {
    It 'and Import-CnnModel give the same network back' {
        Export-CnnModel "$TestDrive/copy.onnx"
        $copy = Import-CnnModel "$TestDrive/copy.onnx"
        $original = Get-CnnModel alexnet64
        $copy.Classes | Should -Be $original.Classes
        $copy.Layers.Alias | Should -Be $original.Layers.Alias
        $copy.Layers.Name | Should -Be $original.Layers.Name
        $copy.Layers.Operator | Should -Be $original.Layers.Operator
        $copy.Layers.ParameterCount | Should -Be $original.Layers.ParameterCount
        "$($copy.Layers.ReceptiveField)" | Should -Be "$($original.Layers.ReceptiveField)"
        $before = Get-CnnPrediction $photos -Top 100
        $after = Get-CnnPrediction $photos -Top 100 -Model $copy
        $after.Path | Should -Be $before.Path
        for ($i = 0; $i -lt $before.Count; $i++) {
            $after[$i].Top.Index | Should -Be $before[$i].Top.Index
            $after[$i].Top.Probability | Should -Be $before[$i].Top.Probability
        }
    }

    It 'writes the same bytes again' {
        Export-CnnModel "$TestDrive/a.onnx" -Model $tiny
        Import-CnnModel "$TestDrive/a.onnx" | Export-CnnModel "$TestDrive/b.onnx"
        (Get-FileHash "$TestDrive/b.onnx").Hash | Should -Be (Get-FileHash "$TestDrive/a.onnx").Hash
    }

    It 'halves the file with -HalfPrecision' {
        $whole = Export-CnnModel "$TestDrive/whole.onnx" -PassThru
        $half = Export-CnnModel "$TestDrive/half.onnx" -HalfPrecision -PassThru
        $half.Length / $whole.Length | Should -BeGreaterThan 0.495
        $half.Length / $whole.Length | Should -BeLessThan 0.505
        $whole.Length | Should -BeGreaterThan (4 * 2510948)
        $first = Get-CnnPrediction "$photos/coffee.png" -Top 100
        $second = Get-CnnPrediction "$photos/coffee.png" -Top 100 -Model $half.FullName
        $second.Class | Should -Be $first.Class
        [Math]::Abs($second.Probability - $first.Probability) | Should -BeLessThan 0.01
    }

    It 'names the tensors that 16 bits cannot hold, in a warning' {
        Import-CnnModel convnext_tiny -Random -InputSize 64 | Export-CnnModel "$TestDrive/small.safetensors" -HalfPrecision -WarningVariable told -WarningAction SilentlyContinue
        $told | Should -HaveCount 1
        "$told" | Should -BeLike '18 tensors of convnext_tiny stayed float32*features.1.0.layer_scale*and 8 more.'
    }

    It 'writes the weights alone as safetensors, by extension or -Format' {
        $named = Export-CnnModel "$TestDrive/weights.safetensors" -Model $tiny -PassThru
        $asked = Export-CnnModel "$TestDrive/weights.bin" -Model $tiny -Format Safetensors -PassThru
        (Get-FileHash $named.FullName).Hash | Should -Be (Get-FileHash $asked.FullName).Hash
        $text = [System.Text.Encoding]::UTF8.GetString([System.IO.File]::ReadAllBytes($named.FullName))
        $text | Should -BeLike '*"conv1*"dtype":"F32"*'
        $text | Should -BeLike '*cnnvis.classes*'
        Export-CnnModel "$TestDrive/network.safetensors" -Model $tiny -Format Onnx
        (Import-CnnModel "$TestDrive/network.safetensors").ParameterCount | Should -Be 26
    }

    It 'takes a network from the pipeline' {
        Import-CnnModel $tiny -Label warm, cold | Export-CnnModel "$TestDrive/warm.onnx"
        (Import-CnnModel "$TestDrive/warm.onnx").Classes | Should -Be 'warm', 'cold'
    }

    It 'keeps normalisation in the file' {
        Import-CnnModel $tiny -Mean 0.5 | Export-CnnModel "$TestDrive/mean.onnx"
        $picture = "$fixtures/red.png"
        (Get-CnnPrediction $picture -Model "$TestDrive/mean.onnx").Probability | Should -Be (Get-CnnPrediction $picture -Model (Import-CnnModel $tiny -Mean 0.5)).Probability
    }

    It 'gives nothing, and the file with -PassThru' {
        Export-CnnModel "$TestDrive/x.onnx" -Model $tiny | Should -BeNullOrEmpty
        $file = Export-CnnModel "$TestDrive/y.onnx" -Model $tiny -PassThru
        $file | Should -BeOfType ([System.IO.FileInfo])
        $file.FullName | Should -Be ([System.IO.Path]::Combine($TestDrive, 'y.onnx'))
        $file.Exists | Should -BeTrue
    }

    It 'makes missing folders, and takes brackets and unicode as they stand' {
        Export-CnnModel "$TestDrive/new [1]/ü 漢.onnx" -Model $tiny
        [System.IO.File]::Exists("$TestDrive/new [1]/ü 漢.onnx") | Should -BeTrue
    }

    It 'writes nothing with -WhatIf' {
        Export-CnnModel "$TestDrive/what/if.onnx" -Model $tiny -WhatIf -PassThru | Should -BeNullOrEmpty
        "$TestDrive/what" | Should -Not -Exist
    }

    It 'leaves a file that exists as it is, and replaces it with -Force' {
        Set-Content "$TestDrive/mine.onnx" 'mine'
        Export-CnnModel "$TestDrive/mine.onnx" -Model $tiny -PassThru -ErrorVariable problems -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $problems.Count | Should -Be 1
        $problems[0].FullyQualifiedErrorId | Should -Be 'FileExists,CnnVis.PowerShell.Cmdlets.ExportCnnModelCommand'
        $problems[0].CategoryInfo.Category | Should -Be 'ResourceExists'
        Get-Content "$TestDrive/mine.onnx" | Should -Be 'mine'
        Export-CnnModel "$TestDrive/mine.onnx" -Model $tiny -Force
        (Import-CnnModel "$TestDrive/mine.onnx").ParameterCount | Should -Be 26
    }

    It 'leaves nothing behind where it cannot write' {
        Set-Content "$TestDrive/file" 'a file, not a folder'
        Export-CnnModel "$TestDrive/file/x.onnx" -Model $tiny -ErrorVariable problems -ErrorAction SilentlyContinue
        $problems.Count | Should -Be 1
        $problems[0].FullyQualifiedErrorId | Should -Be 'WriteFailed,CnnVis.PowerShell.Cmdlets.ExportCnnModelCommand'
        $null = New-Item "$TestDrive/folder/taken.onnx" -ItemType Directory
        Export-CnnModel "$TestDrive/folder/taken.onnx" -Model $tiny -Force -ErrorVariable problems -ErrorAction SilentlyContinue
        $problems.Count | Should -Be 1
        $problems[0].FullyQualifiedErrorId | Should -Be 'WriteFailed,CnnVis.PowerShell.Cmdlets.ExportCnnModelCommand'
        [System.IO.Directory]::GetFileSystemEntries("$TestDrive/folder").Count | Should -Be 1
    }

    It 'tells an unknown network' {
        { Export-CnnModel "$TestDrive/unknown.onnx" -Model resnet9000 } | Should -Throw -ErrorId 'ModelNotFound,CnnVis.PowerShell.Cmdlets.ExportCnnModelCommand'
        "$TestDrive/unknown.onnx" | Should -Not -Exist
    }

    It 'does not write one network over another of the same call' {
        Get-CnnModel alexnet64, alexnet64 | Export-CnnModel "$TestDrive/twice.onnx" -Force -ErrorVariable problems -ErrorAction SilentlyContinue
        $problems.Count | Should -Be 1
        $problems[0].FullyQualifiedErrorId | Should -Be 'FileExists,CnnVis.PowerShell.Cmdlets.ExportCnnModelCommand'
        "$TestDrive/twice.onnx" | Should -Exist
    }

    It 'writes only into the file system' {
        Export-CnnModel env:x.onnx -ErrorVariable problems -ErrorAction SilentlyContinue
        $problems[0].FullyQualifiedErrorId | Should -Be 'PathNotFound,CnnVis.PowerShell.Cmdlets.ExportCnnModelCommand'
    }
}
