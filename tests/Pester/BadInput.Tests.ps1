BeforeDiscovery {
    # Each is made in $TestDrive by its block.
    $unreadable = @(
        @{ Name = 'empty.jpg'; Make = { [byte[]]@() } }
        @{ Name = 'text.jpg'; Make = { [System.Text.Encoding]::UTF8.GetBytes("Dear diary,`ntoday I was renamed.`n" * 50) } }
        @{ Name = 'half.jpg'; Make = { $all = [System.IO.File]::ReadAllBytes("$photos/rocket.jpg"); [byte[]]$all[0..($all.Length / 2)] } }
        @{ Name = 'head.jpg'; Make = { [byte[]][System.IO.File]::ReadAllBytes("$photos/rocket.jpg")[0..99] } }
        @{ Name = 'half.png'; Make = { $all = [System.IO.File]::ReadAllBytes("$photos/coffee.png"); [byte[]]$all[0..($all.Length / 2)] } }
        @{ Name = 'head.png'; Make = { [byte[]][System.IO.File]::ReadAllBytes("$photos/coffee.png")[0..19] } }
        @{ Name = 'html.png'; Make = { [System.Text.Encoding]::UTF8.GetBytes('<!DOCTYPE html><title>404</title>') } }
        @{ Name = 'zeros.webp'; Make = { [byte[]]::new(5000) } }
        @{ Name = 'network.gif'; Make = { [System.IO.File]::ReadAllBytes("$fixtures/tiny.onnx") } }
    )
}

BeforeAll {
    . "$PSScriptRoot/Common.ps1"
    function Colour($Path) { (Get-CnnActivation $Path conv1 -Model $tiny -ErrorAction Stop).Map(2).ToArray()[0] }
}

Describe 'A picture that cannot be read: <Name>' -ForEach $unreadable {
    BeforeAll {
        $bad = [System.IO.Path]::Combine($TestDrive, $Name)
        [System.IO.File]::WriteAllBytes($bad, [byte[]]@(& $Make))
    }

    It 'is one error that names it, and the others go on: <_>' -ForEach 'Get-CnnPrediction', 'Get-CnnActivation', 'Measure-CnnActivation' {
        $results = & $_ "$fixtures/red.png", $bad, "$fixtures/blue.png" -Model $tiny -ErrorVariable problems -ErrorAction SilentlyContinue
        $problems.Count | Should -Be 1
        $problems[0].FullyQualifiedErrorId | Should -Be "ImageUnreadable,CnnVis.PowerShell.Cmdlets.$($_ -replace '-')Command"
        $problems[0].CategoryInfo.Category | Should -Be 'InvalidData'
        $problems[0].TargetObject | Should -Be $bad
        $problems[0].Exception.Message | Should -BeLike "*$Name*"
        if ($_ -eq 'Measure-CnnActivation') { $results[0].ImageCount | Should -Be 2 }
        else { $results.Path | Split-Path -Leaf | Should -Be 'red.png', 'blue.png' }
    }
}

Describe 'A picture larger than any limit' {
    It 'is refused for what its header claims' {
        $results = Get-CnnPrediction "$fixtures/huge.png", "$fixtures/red.png" -Model $tiny -ErrorVariable problems -ErrorAction SilentlyContinue
        @($results).Count | Should -Be 1
        $problems.Count | Should -Be 1
        $problems[0].FullyQualifiedErrorId | Should -Be 'ImageTooLarge,CnnVis.PowerShell.Cmdlets.GetCnnPredictionCommand'
        $problems[0].CategoryInfo.Category | Should -Be 'LimitsExceeded'
        $problems[0].Exception.Message | Should -BeLike '*20000*'
    }
}

Describe 'Unusual pictures that can be read' {
    It '<Name> has red <Red>' -ForEach @(
        @{ Name = 'red.png'; Red = 1 }
        @{ Name = 'red.webp'; Red = 1 }
        @{ Name = '16-bit.png'; Red = 1 }
        @{ Name = 'transparent.png'; Red = 1 } # over white
        @{ Name = 'grey.png'; Red = 0.4 }
        @{ Name = 'pixel.png'; Red = 1 }
        @{ Name = 'animation.gif'; Red = 1 }
        @{ Name = 'cmyk.jpg'; Red = 1 }
    ) {
        [Math]::Abs((Colour "$fixtures/$Name") - $Red) | Should -BeLessThan 0.005
    }

    It '<_> of one pixel gives a prediction of the bundled network' -ForEach 'pixel.png', 'animation.gif' {
        (Get-CnnPrediction "$fixtures/$_" -ErrorAction Stop).Top.Count | Should -Be 5
    }

    It 'of EXIF orientation <_> are seen upright' -ForEach 3, 6, 8 {
        $turned = Get-CnnPrediction "$fixtures/exif-$_.jpg" -Top 100
        $upright = Get-CnnPrediction "$fixtures/exif-$_-upright.png" -Top 100
        $turned.Top.Index | Should -Be $upright.Top.Index
        for ($i = 0; $i -lt 100; $i++) { [Math]::Abs($turned.Top[$i].Probability - $upright.Top[$i].Probability) | Should -BeLessThan 1e-5 }
    }

    It 'long and thin ones are read' {
        [CnnVis.PixelImage]::new(3000, 1, [byte[]]::new(9000)) | Export-CnnImage "$TestDrive/thin.png"
        (Get-CnnPrediction "$TestDrive/thin.png" -ErrorAction Stop).Top.Count | Should -Be 5
    }

    It 'what the content is counts, not the extension' {
        Copy-Item "$fixtures/red.png" "$TestDrive/really-png.jpg"
        Colour "$TestDrive/really-png.jpg" | Should -Be 1
    }
}

Describe 'Paths' {
    BeforeAll {
        $names = 'a[1].png', '[ab].png', 'ü 漢 🐈.png', 'it''s mine.png', 'back`tick.png', 'no-extension'
        $null = New-Item "$TestDrive/odd" -ItemType Directory
        foreach ($name in $names) { [System.IO.File]::Copy("$fixtures/red.png", "$TestDrive/odd/$name") }
        [System.IO.File]::Copy("$fixtures/blue.png", "$TestDrive/odd/a1.png")
    }

    It '-LiteralPath takes every character as it stands' {
        foreach ($name in $names) {
            $prediction = Get-CnnPrediction -LiteralPath "$TestDrive/odd/$name" -Model $tiny -ErrorAction Stop
            $prediction.Class | Should -Be 'red'
            [System.IO.Path]::GetFileName($prediction.Path) | Should -Be $name
        }
    }

    It '-Path takes what exists as it stands' {
        foreach ($name in 'a[1].png', '[ab].png', 'ü 漢 🐈.png', 'it''s mine.png', 'no-extension') {
            (Get-CnnPrediction "$TestDrive/odd/$name" -Model $tiny -ErrorAction Stop).Class | Should -Be 'red'
        }
    }

    It 'a listing that is piped reaches every file' {
        $predictions = Get-ChildItem "$TestDrive/odd" | Get-CnnPrediction -Model $tiny -ErrorAction Stop
        $predictions.Count | Should -Be 7
        @($predictions.Where({ $_.Class -eq 'red' })).Count | Should -Be 6
    }

    It 'a folder with brackets in its name is one' {
        $null = [System.IO.Directory]::CreateDirectory("$TestDrive/set [2]")
        [System.IO.File]::Copy("$fixtures/red.png", "$TestDrive/set [2]/x.png")
        (Get-CnnPrediction "$TestDrive/set [2]" -Model $tiny -ErrorAction Stop).Class | Should -Be 'red'
        (Get-CnnPrediction -LiteralPath "$TestDrive/set [2]/x.png" -Model $tiny -ErrorAction Stop).Class | Should -Be 'red'
    }

    It 'that are not there are one error each, and the others go on' {
        $predictions = Get-CnnPrediction "$TestDrive/none.png", "$fixtures/red.png", "$TestDrive/none*.png" -Model $tiny -ErrorVariable problems -ErrorAction SilentlyContinue
        @($predictions).Count | Should -Be 1
        $problems.Count | Should -Be 2
        $problems.FullyQualifiedErrorId | Should -Be @('PathNotFound,CnnVis.PowerShell.Cmdlets.GetCnnPredictionCommand', 'PathNotFound,CnnVis.PowerShell.Cmdlets.GetCnnPredictionCommand')
        $problems[0].CategoryInfo.Category | Should -Be 'ObjectNotFound'
        $problems[0].TargetObject | Should -Be "$TestDrive/none.png"
        $problems[1].Exception.Message | Should -BeLike '*-LiteralPath*'
    }

    It '<Path> is a path that is not there' -ForEach @{ Path = 'nodrive:/x.png' }, @{ Path = 'env:PATH' }, @{ Path = 'nofolder/nofile.png' } {
        Get-CnnPrediction $Path -ErrorVariable problems -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $problems.Count | Should -Be 1
        $problems[0].FullyQualifiedErrorId | Should -Be 'PathNotFound,CnnVis.PowerShell.Cmdlets.GetCnnPredictionCommand'
    }

    It '-LiteralPath knows no wildcards' {
        Get-CnnPrediction -LiteralPath "$fixtures/*.png" -ErrorVariable problems -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $problems.Count | Should -Be 1
        $problems[0].FullyQualifiedErrorId | Should -Be 'PathNotFound,CnnVis.PowerShell.Cmdlets.GetCnnPredictionCommand'
    }

    It 'of a folder without pictures are one error, and the others go on: <_>' -ForEach 'Get-CnnPrediction', 'Get-CnnActivation', 'Measure-CnnActivation' {
        $null = [System.IO.Directory]::CreateDirectory("$TestDrive/bare")
        [System.IO.File]::WriteAllText("$TestDrive/bare/notes.txt", 'none here')
        $results = & $_ "$TestDrive/bare", "$fixtures/red.png" -Model $tiny -ErrorVariable problems -ErrorAction SilentlyContinue
        $results | Should -Not -BeNullOrEmpty
        $problems.Count | Should -Be 1
        $problems[0].FullyQualifiedErrorId | Should -Be "NoImages,CnnVis.PowerShell.Cmdlets.$($_ -replace '-')Command"
        $problems[0].TargetObject | Should -BeLike '*bare'
        $problems[0].Exception.Message | Should -BeLike '*-Recurse*'
    }

    It 'that are empty are refused' {
        { Get-CnnPrediction '' } | Should -Throw -ErrorId 'ParameterArgumentValidationError*'
    }
}

Describe 'Wrong calls end before any picture is read' {
    It '<Command> <Name>: <Id>' -ForEach @(
        @{ Command = 'Get-CnnPrediction'; Name = 'unknown class'; Call = @{ Class = 'unicorn' }; Id = 'ClassNotFound' }
        @{ Command = 'Get-CnnPrediction'; Name = 'unknown network'; Call = @{ Model = 'unicorn' }; Id = 'ModelNotFound' }
        @{ Command = 'Get-CnnPrediction'; Name = 'unknown device'; Call = @{ Device = 'quantum' }; Id = 'DeviceNotAvailable' }
        @{ Command = 'Get-CnnActivation'; Name = 'unknown layer'; Call = @{ Layer = 'unicorn' }; Id = 'LayerNotFound' }
        @{ Command = 'Get-CnnActivation'; Name = 'unknown channel'; Call = @{ Channel = 64 }; Id = 'ChannelNotFound' }
        @{ Command = 'Get-CnnActivation'; Name = 'unknown network'; Call = @{ Model = 'unicorn' }; Id = 'ModelNotFound' }
        @{ Command = 'Measure-CnnActivation'; Name = 'unknown layer'; Call = @{ Layer = 'unicorn' }; Id = 'LayerNotFound' }
        @{ Command = 'Measure-CnnActivation'; Name = 'unknown device'; Call = @{ Device = 'quantum' }; Id = 'DeviceNotAvailable' }
    ) {
        $failure = { & $Command "$TestDrive/none.png" @Call } | Should -Throw -ErrorId "$Id,CnnVis.PowerShell.Cmdlets.$($Command -replace '-')Command" -PassThru
        $failure.TargetObject | Should -Be @($Call.Values)[0]
    }
}
