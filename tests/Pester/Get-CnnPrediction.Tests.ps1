BeforeAll {
    . "$PSScriptRoot/Common.ps1"
    $four = 'astronaut.png', 'chelsea.png', 'coffee.png', 'rocket.jpg'

    function Names($Predictions) { $Predictions | ForEach-Object { [System.IO.Path]::GetFileName($_.Path) } }

    # The largest difference between the probabilities of two lists of predictions.
    function Difference($First, $Second) {
        $largest = 0.0
        for ($i = 0; $i -lt $First.Count; $i++) {
            $other = @{}
            foreach ($one in $Second[$i].Top) { $other[$one.Index] = $one.Probability }
            foreach ($one in $First[$i].Top) { $largest = [Math]::Max($largest, [Math]::Abs($one.Probability - $other[$one.Index])) }
        }
        $largest
    }
}

Describe 'Get-CnnPrediction' {
    Context 'what it gives' {
        It 'tells what is in a photo' {
            $prediction = Get-CnnPrediction "$photos/coffee.png"
            $prediction | Should -BeOfType ([CnnVis.CnnPrediction])
            $prediction.Path | Should -Be ([System.IO.Path]::Combine($photos, 'coffee.png'))
            $prediction.Model | Should -Be 'alexnet64'
            $prediction.Class | Should -Be $prediction.Top[0].Name
            $prediction.Probability | Should -Be $prediction.Top[0].Probability
        }

        It 'takes tar files, folders in them, and the paths that it gives of them' {
            $folder = [System.IO.Directory]::CreateTempSubdirectory('cnnvis-').FullName
            $null = [System.IO.Directory]::CreateDirectory("$folder/in/n01")
            [System.IO.File]::Copy("$photos/coffee.png", "$folder/in/n01/coffee.png")
            [System.IO.File]::Copy("$photos/rocket.jpg", "$folder/in/rocket.jpg")
            [System.Formats.Tar.TarFile]::CreateFromDirectory("$folder/in", "$folder/some.tar", $false)
            $all = Get-CnnPrediction "$folder/some.tar"
            $all.Count | Should -Be 2
            $coffee = Get-CnnPrediction "$folder/so*.tar" | Where-Object { $_.Path.EndsWith('some.tar/n01/coffee.png') }
            $coffee.Probability | Should -Be (Get-CnnPrediction "$photos/coffee.png").Probability
            (Get-CnnPrediction $coffee.Path).Class | Should -Be $coffee.Class
            (Get-CnnPrediction "$folder/some.tar/n01").Path | Should -Be $coffee.Path
            (Get-CnnPrediction "$folder/some.tar/*.jpg").Path.EndsWith('some.tar/rocket.jpg') | Should -BeTrue
            { Get-CnnPrediction "$folder/some.tar/none.png" -ErrorAction Stop } | Should -Throw -ErrorId 'PathNotFound*'
            [System.IO.Directory]::Delete($folder, $true)
        }

        It 'gives five classes unless told otherwise, most probable first' {
            $top = (Get-CnnPrediction "$photos/rocket.jpg").Top
            $top.Count | Should -Be 5
            $top.Probability | Should -Be ($top.Probability | Sort-Object -Descending)
        }

        It 'gives the <_> most probable classes with -Top <_>' -ForEach 1, 3, 100 {
            (Get-CnnPrediction "$photos/rocket.jpg" -Top $_).Top.Count | Should -Be $_
        }

        It 'gives all classes where more are asked for than there are' {
            (Get-CnnPrediction "$photos/rocket.jpg" -Top 1000).Top.Count | Should -Be 100
        }

        It 'gives probabilities, which sum to 1' {
            foreach ($prediction in Get-CnnPrediction $photos -Top 100) {
                $sum = ($prediction.Top | Measure-Object Probability -Sum -Minimum)
                $sum.Sum | Should -BeGreaterThan 0.9999
                $sum.Sum | Should -BeLessThan 1.0001
                $sum.Minimum | Should -BeGreaterOrEqual 0
                @($prediction.Top.Index | Sort-Object -Unique).Count | Should -Be 100
            }
        }

        It 'computes what one computes by hand' {
            $sure = 1 / (1 + [Math]::Exp(-4))
            $red, $blue, $black = Get-CnnPrediction "$fixtures/red.png", "$fixtures/blue.png", "$fixtures/black.png" -Model "$fixtures/tiny.onnx"
            $red.Class, $blue.Class | Should -Be 'red', 'blue'
            [Math]::Abs($red.Probability - $sure) | Should -BeLessThan 1e-6
            [Math]::Abs($blue.Probability - $sure) | Should -BeLessThan 1e-6
            $black.Probability | Should -Be 0.5
            $black.Class | Should -Be 'red' -Because 'equal classes come by lowest index'
        }

        It 'gives the same twice' {
            Difference (Get-CnnPrediction $photos -Top 100) (Get-CnnPrediction $photos -Top 100) | Should -Be 0
        }
    }

    Context '-Class' {
        It 'reports only as many of them as -Top says' {
            $one = Get-CnnPrediction "$photos/coffee.png" -Class teapot, espresso, 0 -Top 1
            $one.Top.Count | Should -Be 1
            $one.Class | Should -Be (Get-CnnPrediction "$photos/coffee.png" -Class teapot, espresso, 0).Class
        }

        It 'reports those classes instead, most probable first' {
            $chosen = (Get-CnnPrediction "$photos/coffee.png" -Class espresso, teapot, 0).Top
            $all = (Get-CnnPrediction "$photos/coffee.png" -Top 100).Top
            $chosen.Count | Should -Be 3
            $chosen.Probability | Should -Be ($chosen.Probability | Sort-Object -Descending)
            ($chosen.Name | Sort-Object) | Should -Be ((@('espresso', 'teapot') + (Get-CnnModel alexnet64).Classes[0]) | Sort-Object)
            foreach ($one in $chosen) { $one.Probability | Should -Be $all.Where({ $_.Index -eq $one.Index })[0].Probability }
        }

        It 'takes names in any case' {
            (Get-CnnPrediction "$photos/coffee.png" -Class ESPRESSO).Class | Should -Be 'espresso'
        }

        It 'suggests the nearest names for a class that is not there' {
            $failure = { Get-CnnPrediction "$photos/coffee.png" -Class espreso } | Should -Throw -ErrorId 'ClassNotFound,CnnVis.PowerShell.Cmdlets.GetCnnPredictionCommand' -PassThru
            $failure.Exception.Message | Should -BeLike "*'espresso'*"
            $failure.TargetObject | Should -Be 'espreso'
        }

        It 'refuses the index <_>' -ForEach '100', '-1' {
            { Get-CnnPrediction "$photos/coffee.png" -Class $_ } | Should -Throw -ErrorId 'ClassNotFound,*'
        }
    }

    Context 'which pictures' {
        It 'takes a folder, in ordinal order, without what is no picture' {
            Names (Get-CnnPrediction $photos) | Should -Be $four
        }

        It 'takes wildcards' {
            Names (Get-CnnPrediction "$photos/*.png") | Should -Be 'astronaut.png', 'chelsea.png', 'coffee.png'
            Names (Get-CnnPrediction "$photos/[ar]*t.*") | Should -Be 'astronaut.png', 'rocket.jpg'
        }

        It 'keeps the order of its input' {
            Names (Get-CnnPrediction "$photos/rocket.jpg", "$photos/astronaut.png", "$photos/rocket.jpg" -BatchSize 2) | Should -Be 'rocket.jpg', 'astronaut.png', 'rocket.jpg'
        }

        It 'takes strings from the pipeline' {
            Names ("$photos/rocket.jpg", "$photos/coffee.png" | Get-CnnPrediction) | Should -Be 'rocket.jpg', 'coffee.png'
        }

        It 'takes files from the pipeline' {
            Names (Get-ChildItem $photos -Filter *.png | Get-CnnPrediction) | Should -Be 'astronaut.png', 'chelsea.png', 'coffee.png'
            Names ([System.IO.FileInfo]::new("$photos/rocket.jpg") | Get-CnnPrediction) | Should -Be 'rocket.jpg'
            Names ([System.IO.DirectoryInfo]::new($photos) | Get-CnnPrediction) | Should -Be $four
        }

        It 'takes objects with <_> from the pipeline' -ForEach 'Path', 'FullName', 'PSPath', 'LiteralPath' {
            $objects = foreach ($name in 'rocket.jpg', 'coffee.png') { [pscustomobject]@{ Number = 7; $_ = "$photos/$name" } }
            Names ($objects | Get-CnnPrediction) | Should -Be 'rocket.jpg', 'coffee.png'
        }

        It 'takes its own results from the pipeline' {
            Names (Get-CnnPrediction "$photos/*.png" | Get-CnnPrediction -Top 1) | Should -Be 'astronaut.png', 'chelsea.png', 'coffee.png'
        }

        It 'takes paths relative to the current location, and of other drives' {
            Copy-Item "$photos/coffee.png" "$TestDrive/here.png"
            Push-Location $TestDrive
            try {
                (Get-CnnPrediction here.png).Path | Should -Be ([System.IO.Path]::Combine($TestDrive, 'here.png'))
                (Get-CnnPrediction ./here.png).Probability | Should -Be (Get-CnnPrediction "$photos/coffee.png").Probability
            }
            finally { Pop-Location }
            Names (Get-CnnPrediction 'TestDrive:/here.png') | Should -Be 'here.png'
        }

        It 'looks into subfolders only with -Recurse' {
            $folder = New-Item "$TestDrive/tree/b/c" -ItemType Directory
            Copy-Item "$fixtures/red.png" "$TestDrive/tree/z.png"
            Copy-Item "$fixtures/red.png" "$TestDrive/tree/b/y.png"
            Copy-Item "$fixtures/red.png" "$($folder.FullName)/x.png"
            Copy-Item "$fixtures/red.png" "$TestDrive/tree/.hidden.png"
            Names (Get-CnnPrediction "$TestDrive/tree") | Should -Be 'z.png'
            Names (Get-CnnPrediction "$TestDrive/tree" -Recurse) | Should -Be 'x.png', 'y.png', 'z.png'
        }

        It 'reads WebP, GIF and BMP' {
            $predictions = Get-CnnPrediction "$fixtures/red.webp", "$fixtures/animation.gif", "$fixtures/bitmap.bmp" -Model "$fixtures/tiny.onnx"
            $predictions.Count | Should -Be 3
            $predictions[0].Probability | Should -Be (Get-CnnPrediction "$fixtures/red.png" -Model "$fixtures/tiny.onnx").Probability
            $predictions[1].Class | Should -Be 'red' -Because 'the first frame is red'
        }
    }

    Context '-BatchSize' {
        It 'does not depend on batches of <_>' -ForEach 1, 2, 3, 4096 {
            Difference (Get-CnnPrediction $photos -Top 100 -BatchSize $_) (Get-CnnPrediction $photos -Top 100) | Should -BeLessThan 1e-5
        }

        It 'writes results while the input still comes' {
            $order = [System.Collections.Generic.List[string]]::new()
            Get-ChildItem $photos -Filter *.png | ForEach-Object { $order.Add('in'); $_ } | Get-CnnPrediction -BatchSize 1 | ForEach-Object { $order.Add('out') }
            $order.Count | Should -Be 6
            $order.IndexOf('out') | Should -BeLessThan $order.LastIndexOf('in')
        }
    }

    Context 'errors' {
        It 'can be asked again after a pipeline that broke' {
            { Get-CnnPrediction $photos -BatchSize 1 | ForEach-Object { throw 'enough' } } | Should -Throw 'enough'
            (Get-CnnPrediction $photos -BatchSize 1 | Select-Object -First 1).Path | Split-Path -Leaf | Should -Be 'astronaut.png'
            Names (Get-CnnPrediction $photos) | Should -Be $four
        }

        It 'reports what cannot be read and goes on, in order' {
            $bad = [System.IO.Path]::Combine($TestDrive, 'notes.png')
            Set-Content $bad 'not a picture'
            $predictions = Get-CnnPrediction "$photos/rocket.jpg", $bad, "$photos/coffee.png" -BatchSize 2 -ErrorVariable problems -ErrorAction SilentlyContinue
            Names $predictions | Should -Be 'rocket.jpg', 'coffee.png'
            $problems.Count | Should -Be 1
            $problems[0].FullyQualifiedErrorId | Should -Be 'ImageUnreadable,CnnVis.PowerShell.Cmdlets.GetCnnPredictionCommand'
            $problems[0].TargetObject | Should -Be $bad
            $problems[0].CategoryInfo.Category | Should -Be 'InvalidData'
            $problems[0].Exception.Message | Should -BeLike '*notes.png*'
        }

        It 'reports a file of a folder''s listing that is no picture' {
            $predictions = Get-ChildItem $photos -File | Get-CnnPrediction -ErrorVariable problems -ErrorAction SilentlyContinue
            Names $predictions | Should -Be $four
            $problems.Count | Should -Be 1
            $problems[0].TargetObject | Should -BeLike '*README.md'
        }

        It 'ends at the first error with -ErrorAction Stop' {
            $bad = [System.IO.Path]::Combine($TestDrive, 'notes.png')
            Set-Content $bad 'not a picture'
            { Get-CnnPrediction $bad, "$photos/coffee.png" -ErrorAction Stop } | Should -Throw -ErrorId 'ImageUnreadable,*'
        }

        It 'refuses -Top 0 and -BatchSize 0' {
            { Get-CnnPrediction $photos -Top 0 } | Should -Throw -ErrorId 'ParameterArgumentValidationError,*'
            { Get-CnnPrediction $photos -BatchSize 0 } | Should -Throw -ErrorId 'ParameterArgumentValidationError,*'
        }

        It 'tells an unknown network and an unknown device' {
            { Get-CnnPrediction $photos -Model resnet9000 } | Should -Throw -ErrorId 'ModelNotFound,CnnVis.PowerShell.Cmdlets.GetCnnPredictionCommand'
            { Get-CnnPrediction $photos -Device quantum } | Should -Throw -ErrorId 'DeviceNotAvailable,CnnVis.PowerShell.Cmdlets.GetCnnPredictionCommand'
        }

        It 'tells that there is no CUDA device' -Skip:([System.IO.File]::Exists('/dev/nvidia0')) {
            { Get-CnnPrediction $photos -Device cuda } | Should -Throw -ErrorId 'DeviceNotAvailable,*'
        }
    }
}
