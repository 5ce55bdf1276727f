BeforeAll { . "$PSScriptRoot/Common.ps1" }

Describe 'Get-CnnCode' {
    It 'is the last ReLU before the classifier, with path and label' {
        $code = Get-CnnCode $coffee
        $code | Should -BeOfType ([CnnVis.CnnCode])
        $code.Layer | Should -Be 'relu7'
        $code.Model | Should -Be 'alexnet64'
        $code.Path | Should -Be ([System.IO.Path]::GetFullPath($coffee))
        $code.Label | Should -Be 'photos'
        $code.Tile | Should -BeNullOrEmpty
        $code.Values.Length | Should -Be 512
        ($code.Values | Measure-Object -Minimum).Minimum | Should -Be 0
        $code.Values | Should -Be (Get-CnnActivation $coffee relu7).Values
    }

    It 'takes any layer, several, in order of computation, as vectors of all values' {
        $codes = Get-CnnCode $coffee fc6, conv1, pool5
        $codes.Layer | Should -Be 'conv1', 'pool5', 'fc6'
        $codes.ForEach({ $_.Values.Length }) | Should -Be 65536, 1728, 512
        $codes[1].Values | Should -Be (Get-CnnActivation $coffee pool5).Values
    }

    It 'streams picture by picture and reports what cannot be read' {
        Set-Content "$TestDrive/notes.png" 'not a picture'
        $codes = Get-CnnCode "$TestDrive/notes.png", $coffee, "$photos/rocket.jpg" -ErrorVariable problems -ErrorAction SilentlyContinue
        $codes.ForEach({ [System.IO.Path]::GetFileName($_.Path) }) | Should -Be 'coffee.png', 'rocket.jpg'
        $problems[0].FullyQualifiedErrorId | Should -Be 'ImageUnreadable,CnnVis.PowerShell.Cmdlets.GetCnnCodeCommand'
    }

    It 'reads labels from a table' {
        Set-Content "$TestDrive/labels.csv" "file,label`ncoffee.png,a cup`nchelsea.png,a cat"
        (Get-CnnCode "$photos/*.png" -LabelPath "$TestDrive/labels.csv").Label | Should -Be $null, 'a cat', 'a cup'
    }

    It 'tells an unknown layer' {
        { Get-CnnCode $coffee rellu7 } | Should -Throw -ErrorId 'LayerNotFound,CnnVis.PowerShell.Cmdlets.GetCnnCodeCommand'
    }

    Context '-Tile' {
        It 'gives whole tiles, row by row, with their boxes' {
            $codes = Get-CnnCode "$photos/chelsea.png" -Tile 100, 150 -Stride 50, 150 -BatchSize 4
            $codes.Count | Should -Be (5 * 3) # 451 x 300
            $codes[4].Tile.X, $codes[4].Tile.Y, $codes[4].Tile.Width, $codes[4].Tile.Height | Should -Be 150, 50, 150, 100
            $codes[0].Values.Length | Should -Be 512
        }

        It 'has the same code as the tile alone' {
            $code = Get-CnnCode "$fixtures/red.png" -Model "$fixtures/tiny.onnx" -Tile 1000
            $code.Tile.X, $code.Tile.Y | Should -Be 0, 0
            $code.Values | Should -Be (Get-CnnCode "$fixtures/red.png" -Model "$fixtures/tiny.onnx").Values
        }

        It 'refuses a stride without tiles, and tiles of nothing' {
            { Get-CnnCode $coffee -Stride 10 } | Should -Throw -ErrorId 'InvalidArgument,*'
            { Get-CnnCode $coffee -Tile 0 } | Should -Throw -ErrorId 'ParameterArgumentValidationError,*'
        }
    }
}
