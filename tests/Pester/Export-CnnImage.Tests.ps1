BeforeAll {
    . "$PSScriptRoot/Common.ps1"
    $maps = Get-CnnActivation "$photos/coffee.png", "$photos/rocket.jpg" conv1, relu2 -Channel 0, 1, 2, 3, 4, 5
    $map = $maps[1]

    function NewPicture([int] $Width, [int] $Height) { , [CnnVis.PixelImage]::new($Width, $Height, [byte[]]::new(3 * $Width * $Height)) }
}

Describe 'Export-CnnImage' {
    Context 'formats' {
        It 'writes <Name>' -ForEach @(
            @{ Name = 'a.png'; Start = '89-50-4E-47'; At = 0 }
            @{ Name = 'a.jpg'; Start = 'FF-D8-FF'; At = 0 }
            @{ Name = 'a.JPEG'; Start = 'FF-D8-FF'; At = 0 }
            @{ Name = 'a.webp'; Start = '57-45-42-50'; At = 8 }
        ) {
            $map | Export-CnnImage "$TestDrive/$Name"
            $bytes = [System.IO.File]::ReadAllBytes("$TestDrive/$Name")
            [BitConverter]::ToString($bytes, $At, $Start.Split('-').Count) | Should -Be $Start
            @(Get-CnnPrediction "$TestDrive/$Name").Count | Should -Be 1 -Because 'what is written can be read'
        }

        It 'writes smaller files of lower quality' {
            $low, $high = foreach ($quality in 30, 95) { $map | Export-CnnImage "$TestDrive/q$quality.jpg" -Quality $quality -PassThru }
            $low.Length | Should -BeLessThan $high.Length
        }

        It 'refuses <_> before anything is drawn' -ForEach 'a.tiff', 'a', 'a.png.txt' {
            $failure = { $map | Export-CnnImage "$TestDrive/formats/$_" } | Should -Throw -ErrorId 'InvalidArgument,CnnVis.PowerShell.Cmdlets.ExportCnnImageCommand' -PassThru
            $failure.Exception.Message | Should -BeLike '*.png, .jpg, .jpeg or .webp*'
            "$TestDrive/formats" | Should -Not -Exist
        }
    }

    Context 'the picture' {
        It 'keeps a picture as it is' {
            NewPicture 5 3 | Export-CnnImage "$TestDrive/p.png"
            SizeOf "$TestDrive/p.png" | Should -Be 5, 3
        }

        It 'draws the same twice' {
            $first, $second = foreach ($name in 'one', 'two') { $map | Export-CnnImage "$TestDrive/$name.png" -PassThru }
            (Get-FileHash $second.FullName).Hash | Should -Be (Get-FileHash $first.FullName).Hash
        }

        It 'magnifies' {
            $map | Export-CnnImage "$TestDrive/m2.png" -Magnification 2
            $map | Export-CnnImage "$TestDrive/m12.png" -Magnification 12
            (SizeOf "$TestDrive/m12.png")[1] | Should -BeGreaterOrEqual ((SizeOf "$TestDrive/m2.png")[1] + 10 * 15)
        }

        It 'sets cells in columns' {
            $map | Export-CnnImage "$TestDrive/c1.png" -Column 1 -Magnification 8
            $map | Export-CnnImage "$TestDrive/c6.png" -Column 6 -Magnification 8
            $tall, $wide = (SizeOf "$TestDrive/c1.png"), (SizeOf "$TestDrive/c6.png")
            $tall[1] | Should -BeGreaterOrEqual ($wide[1] + 5 * 8 * 15)
            $wide[0] | Should -BeGreaterOrEqual (6 * 8 * 15)
        }

        It 'draws only the first cells with -Limit' {
            $map | Export-CnnImage "$TestDrive/l2.png" -Column 1 -Magnification 4 -Limit 2
            $map | Export-CnnImage "$TestDrive/l6.png" -Column 1 -Magnification 4
            (SizeOf "$TestDrive/l6.png")[1] | Should -BeGreaterOrEqual ((SizeOf "$TestDrive/l2.png")[1] + 4 * 4 * 15)
        }

        It 'writes the numbers under the cells with -Number' {
            $map | Export-CnnImage "$TestDrive/plain.png" -Column 1 -Magnification 4
            $map | Export-CnnImage "$TestDrive/numbers.png" -Column 1 -Magnification 4 -Number
            (SizeOf "$TestDrive/numbers.png")[1] | Should -BeGreaterThan (SizeOf "$TestDrive/plain.png")[1]
        }

        It 'draws something else with <Name>' -ForEach @(
            @{ Name = 'another colour map'; Option = @{ ColorMap = 'ember' } }
            @{ Name = 'the strongest first'; Option = @{ Order = 'Strength' } }
            @{ Name = 'one scale for all cells'; Option = @{ Scale = 'Shared' } }
        ) {
            $map | Export-CnnImage "$TestDrive/usual.png" -Force
            $map | Export-CnnImage "$TestDrive/other.png" -Force @Option
            (Get-FileHash "$TestDrive/other.png").Hash | Should -Not -Be (Get-FileHash "$TestDrive/usual.png").Hash
        }

        It 'draws filters, banks and activations of units' {
            Get-CnnFilter conv1 | Export-CnnImage "$TestDrive/bank.png"
            (Get-CnnFilter conv2 -Channel 3).Filters | Export-CnnImage "$TestDrive/filter.png"
            Get-CnnActivation "$photos/coffee.png" fc6 | Export-CnnImage "$TestDrive/units.png"
            foreach ($name in 'bank', 'filter', 'units') { (SizeOf "$TestDrive/$name.png")[0] | Should -BeGreaterThan 64 }
        }

        It 'suggests a colour map for one that is not there' {
            $failure = { $map | Export-CnnImage "$TestDrive/x.png" -ColorMap embers } | Should -Throw -ErrorId 'InvalidArgument,*' -PassThru
            $failure.Exception.Message | Should -BeLike '*Did you mean ember*'
        }

        It 'is never wider than -MaximumWidth: <Name>' -ForEach @(
            @{ Name = 'one sheet'; Count = 1; Extra = @{} }
            @{ Name = 'rows asked for'; Count = 1; Extra = @{ Column = 6; Magnification = 12 } }
            @{ Name = 'several sheets'; Count = 4; Extra = @{} }
            @{ Name = 'several sheets in columns'; Count = 4; Extra = @{ Column = 3 } }
        ) {
            foreach ($width in 160, 333, 600) {
                $maps[0..($Count - 1)] | Export-CnnImage "$TestDrive/narrow.png" -MaximumWidth $width -Force @Extra
                (SizeOf "$TestDrive/narrow.png")[0] | Should -BeLessOrEqual $width
            }
            $maps[0..($Count - 1)] | Export-CnnImage "$TestDrive/narrow.svg" -MaximumWidth 333 -Force @Extra
            [int]([xml](Get-Content "$TestDrive/narrow.svg" -Raw)).svg.width | Should -BeLessOrEqual 333
        }

        It 'draws on a dark page, of the same size' {
            $map | Export-CnnImage "$TestDrive/light.svg"
            $map | Export-CnnImage "$TestDrive/dark.svg" -Background Dark
            $light, $dark = [xml](Get-Content "$TestDrive/light.svg" -Raw), [xml](Get-Content "$TestDrive/dark.svg" -Raw)
            $light.svg.svg.rect[0].fill, $dark.svg.svg.rect[0].fill | Should -Be '#ffffff', '#161616'
            $dark.svg.width, $dark.svg.height | Should -Be $light.svg.width, $light.svg.height
            $dark.svg.svg.text.fill | Should -Contain '#f2f2f2'
            $dark.svg.svg.text.fill | Should -Not -Contain '#1a1a1a'
        }

        It 'refuses a picture larger than -MaximumSide' {
            $map | Export-CnnImage "$TestDrive/large.png" -MaximumSide 100 -Magnification 20 -ErrorVariable problems -ErrorAction SilentlyContinue
            $problems.Count | Should -Be 1
            $problems[0].FullyQualifiedErrorId | Should -Be 'InvalidArgument,CnnVis.PowerShell.Cmdlets.ExportCnnImageCommand'
            $problems[0].Exception.Message | Should -BeLike '*-Limit*-Magnification*'
            "$TestDrive/large.png" | Should -Not -Exist
        }
    }

    Context 'files' {
        It 'sets several items on one sheet' {
            $maps[1] | Export-CnnImage "$TestDrive/one.png" -Magnification 4
            $maps[1], $maps[3] | Export-CnnImage "$TestDrive/both.png" -Magnification 4 -Column 1
            $one, $both = (SizeOf "$TestDrive/one.png"), (SizeOf "$TestDrive/both.png")
            $both[1] | Should -BeGreaterOrEqual (2 * $one[1])
            $both[0] | Should -BeGreaterOrEqual $one[0]
        }

        It 'gives each item a file where the name is a template' {
            $maps | Export-CnnImage "$TestDrive/t/{Name}-{Layer}.png"
            NamesIn "$TestDrive/t" | Should -Be 'coffee-conv1.png', 'coffee-relu2.png', 'rocket-conv1.png', 'rocket-relu2.png'
        }

        It 'counts items with {Index}, in any case' {
            $files = $maps | Export-CnnImage "$TestDrive/i/map{index}.png" -PassThru
            $files.Name | Should -Be 'map0000.png', 'map0001.png', 'map0002.png', 'map0003.png'
        }

        It 'tells a property that the items lack' {
            $map | Export-CnnImage "$TestDrive/{Colour}.png" -ErrorVariable problems -ErrorAction SilentlyContinue
            $problems.Count | Should -Be 1
            $problems[0].FullyQualifiedErrorId | Should -Be 'InvalidArgument,CnnVis.PowerShell.Cmdlets.ExportCnnImageCommand'
            $problems[0].Exception.Message | Should -BeLike "*'Colour'*Layer*{Index}*"
        }

        It 'lets no property climb out of the folder' {
            $image = [psobject](NewPicture 2 2)
            $image.PSObject.Properties.Add([psnoteproperty]::new('Author', '../../evil'))
            $file = $image | Export-CnnImage "$TestDrive/safe/{Author}.png" -PassThru
            $file.DirectoryName | Should -Be ([System.IO.Path]::Combine($TestDrive, 'safe'))
            NamesIn "$TestDrive/safe" | Should -HaveCount 1
        }

        It 'writes no file twice in one call, not even with -Force' {
            $files = $maps | Export-CnnImage "$TestDrive/twice/{Name}.png" -Force -PassThru -ErrorVariable problems -ErrorAction SilentlyContinue
            $files.Name | Should -Be 'coffee.png', 'rocket.png'
            $problems.Count | Should -Be 2
            $problems[0].FullyQualifiedErrorId | Should -Be 'FileExists,CnnVis.PowerShell.Cmdlets.ExportCnnImageCommand'
            $problems[0].Exception.Message | Should -BeLike '*{Index}*'
        }

        It 'leaves a file that exists as it is, and replaces it with -Force' {
            Set-Content "$TestDrive/mine.png" 'mine'
            $map | Export-CnnImage "$TestDrive/mine.png" -PassThru -ErrorVariable problems -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
            $problems.Count | Should -Be 1
            $problems[0].FullyQualifiedErrorId | Should -Be 'FileExists,CnnVis.PowerShell.Cmdlets.ExportCnnImageCommand'
            Get-Content "$TestDrive/mine.png" | Should -Be 'mine'
            $map | Export-CnnImage "$TestDrive/mine.png" -Force
            (SizeOf "$TestDrive/mine.png")[0] | Should -BeGreaterThan 0
        }

        It 'gives nothing, and the file with -PassThru' {
            $map | Export-CnnImage "$TestDrive/silent.png" | Should -BeNullOrEmpty
            $file = $map | Export-CnnImage "$TestDrive/loud.png" -PassThru
            $file | Should -BeOfType ([System.IO.FileInfo])
            $file.FullName | Should -Be ([System.IO.Path]::Combine($TestDrive, 'loud.png'))
        }

        It 'makes missing folders, and takes brackets and unicode as they stand' {
            $file = $map | Export-CnnImage "$TestDrive/new [1]/a/ü 漢 [x].png" -PassThru
            [System.IO.File]::Exists("$TestDrive/new [1]/a/ü 漢 [x].png") | Should -BeTrue
            $file.Name | Should -Be 'ü 漢 [x].png'
        }

        It 'takes paths relative to the current location, and of other drives' {
            Push-Location $TestDrive
            try { $map | Export-CnnImage 'relative.png' } finally { Pop-Location }
            [System.IO.File]::Exists("$TestDrive/relative.png") | Should -BeTrue
            $map | Export-CnnImage 'TestDrive:/drive.png'
            [System.IO.File]::Exists("$TestDrive/drive.png") | Should -BeTrue
        }

        It 'writes nothing with -WhatIf' {
            $map | Export-CnnImage "$TestDrive/what/if.png" -WhatIf -PassThru | Should -BeNullOrEmpty
            $maps | Export-CnnImage "$TestDrive/what/{Index}.png" -WhatIf
            "$TestDrive/what" | Should -Not -Exist
        }

        It 'leaves nothing behind where it cannot write' {
            Set-Content "$TestDrive/file" 'a file, not a folder'
            $map | Export-CnnImage "$TestDrive/file/x.png" -ErrorVariable problems -ErrorAction SilentlyContinue
            $problems.Count | Should -Be 1
            $problems[0].FullyQualifiedErrorId | Should -Be 'WriteFailed,CnnVis.PowerShell.Cmdlets.ExportCnnImageCommand'
            $null = New-Item "$TestDrive/folder/taken.png" -ItemType Directory
            $map | Export-CnnImage "$TestDrive/folder/taken.png" -Force -ErrorVariable problems -ErrorAction SilentlyContinue
            $problems.Count | Should -Be 1
            $problems[0].FullyQualifiedErrorId | Should -Be 'WriteFailed,CnnVis.PowerShell.Cmdlets.ExportCnnImageCommand'
            NamesIn "$TestDrive/folder" | Should -Be 'taken.png'
        }

        It 'leaves nothing behind in a folder that may not be written' -Skip:(-not [System.IO.Directory]::Exists('/proc/self')) {
            $map | Export-CnnImage '/proc/self/x.png' -ErrorVariable problems -ErrorAction SilentlyContinue
            $problems.Count | Should -Be 1
            $problems[0].FullyQualifiedErrorId | Should -Be 'WriteFailed,CnnVis.PowerShell.Cmdlets.ExportCnnImageCommand'
        }
    }

    Context 'where it may not write' {
        It 'lets no property climb out of the folder' {
            $model = Import-CnnModel $tiny -Name '..'
            Get-CnnActivation "$fixtures/red.png" conv1 -Model $model | Export-CnnImage "$TestDrive/in/side/{Model}/x.png"
            "$TestDrive/in/side/__/x.png" | Should -Exist
            "$TestDrive/in/x.png" | Should -Not -Exist
        }

        It 'writes only into the file system: <_>' -ForEach 'env:/x.png', 'nodrive:/x.png' {
            $map | Export-CnnImage $_ -ErrorVariable problems -ErrorAction SilentlyContinue
            $problems.Count | Should -Be 1
            $problems[0].FullyQualifiedErrorId | Should -Be 'PathNotFound,CnnVis.PowerShell.Cmdlets.ExportCnnImageCommand'
        }
    }

    Context 'what is no picture' {
        It 'tells <Name> and goes on' -ForEach @(
            @{ Name = 'text'; Item = 'text' }
            @{ Name = 'a number'; Item = 7 }
            @{ Name = 'an object'; Item = [pscustomobject]@{ Path = 'x' } }
            @{ Name = 'nothing'; Item = $null }
        ) {
            $file = $Item, $map | Export-CnnImage "$TestDrive/after.png" -Force -PassThru -ErrorVariable problems -ErrorAction SilentlyContinue
            $file.Name | Should -Be 'after.png'
            $problems.Count | Should -Be 1
            $problems[0].FullyQualifiedErrorId | Should -Be 'NotAVisual,CnnVis.PowerShell.Cmdlets.ExportCnnImageCommand'
        }

        It 'writes nothing where there was nothing to draw' {
            'text' | Export-CnnImage "$TestDrive/none.png" -ErrorAction SilentlyContinue
            @() | Export-CnnImage "$TestDrive/none.png"
            "$TestDrive/none.png" | Should -Not -Exist
        }
    }
}
