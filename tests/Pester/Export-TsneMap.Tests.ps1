BeforeAll {
    . "$PSScriptRoot/Common.ps1"
    $files = [System.IO.Directory]::GetFiles($photos) | Where-Object { $_ -match '\.(png|jpg)$' } | Sort-Object

    # A map by hand: so many points on a diagonal, with the photos in turn.
    function NewMap([int] $Count, [int] $Dimension = 2, [string[]] $Paths = $files, [string[]] $Labels = ('cat', 'cup')) {
        $points = for ($i = 0; $i -lt $Count; $i++) {
            $code = [CnnVis.CnnCode]@{ Path = $Paths[$i % $Paths.Count]; Label = $Labels[$i % $Labels.Count]; Model = 'm'; Layer = 'relu7'; Values = [float[]]($i, ($i * $i), 1) }
            [CnnVis.TsnePoint]::new($code, [float[]](@($i, ($i * 2 % 7), 3)[0..($Dimension - 1)]))
        }
        [CnnVis.TsneMap]@{ Points = [CnnVis.TsnePoint[]]$points; Dimension = $Dimension; Perplexity = 5; Iterations = 10; Divergence = 0.5 }
    }
}

Describe 'Export-TsneMap' {
    Context 'pictures' {
        It 'writes <Name>' -ForEach @(
            @{ Name = 'a.png'; Start = '89-50-4E-47'; At = 0 }
            @{ Name = 'a.jpg'; Start = 'FF-D8-FF'; At = 0 }
            @{ Name = 'a.WebP'; Start = '57-45-42-50'; At = 8 }
        ) {
            NewMap 8 | Export-TsneMap "$TestDrive/$Name" -Size 300
            $bytes = [System.IO.File]::ReadAllBytes("$TestDrive/$Name")
            [BitConverter]::ToString($bytes, $At, $Start.Split('-').Count) | Should -Be $Start
            @(Get-CnnPrediction "$TestDrive/$Name").Count | Should -Be 1 -Because 'what is written can be read'
        }

        It 'has the size that is asked for' {
            NewMap 8 | Export-TsneMap "$TestDrive/s.png" -Size 300 -ThumbnailSize 40 -NoLegend
            SizeOf "$TestDrive/s.png" | Should -Be 300, (40 + [Math]::Round(260 / 7 * 6))
            NewMap 8 | Export-TsneMap "$TestDrive/g.png" -Layout Grid -Column 4 -ThumbnailSize 32 -NoLegend
            SizeOf "$TestDrive/g.png" | Should -Be 128, 64
            NewMap 8 | Export-TsneMap "$TestDrive/f.png" -Layout Fill -Column 10 -Row 5 -Size 200 -NoLegend
            SizeOf "$TestDrive/f.png" | Should -Be 200, 100
            NewMap 8 | Export-TsneMap "$TestDrive/legend.png" -Layout Grid -Column 4 -ThumbnailSize 32
            (SizeOf "$TestDrive/legend.png")[1] | Should -BeGreaterThan 100
        }

        It 'draws the same twice' {
            $first, $second = foreach ($name in 'one', 'two') { NewMap 12 | Export-TsneMap "$TestDrive/$name.png" -Layout Grid -Seam -PassThru }
            (Get-FileHash $second.FullName).Hash | Should -Be (Get-FileHash $first.FullName).Hash
        }

        It 'changes with <_>' -ForEach 'Seam', 'ColorBy' {
            $other = if ($_ -eq 'Seam') { @{ Seam = $true } } else { @{ ColorBy = 'None' } }
            NewMap 12 | Export-TsneMap "$TestDrive/usual.png" -Layout Grid -Force
            NewMap 12 | Export-TsneMap "$TestDrive/other.png" -Layout Grid -Force @other
            (Get-FileHash "$TestDrive/other.png").Hash | Should -Not -Be (Get-FileHash "$TestDrive/usual.png").Hash
        }

        It 'draws maps of <_> dimensions' -ForEach 1, 2, 3 {
            foreach ($layout in 'Scatter', 'Grid', 'Fill') {
                NewMap 9 $_ | Export-TsneMap "$TestDrive/d$_-$layout.png" -Layout $layout -Size 200 -WarningVariable warnings -WarningAction SilentlyContinue
                "$TestDrive/d$_-$layout.png" | Should -Exist
                $warnings.Count | Should -Be ([int]($_ -eq 3))
            }
        }

        It 'says what the grid cost' {
            $messages = NewMap 12 | Export-TsneMap "$TestDrive/v.png" -Layout Grid -Force -Verbose 4>&1
            "$messages" | Should -BeLike '*Grid of * cells: each image * cells from its place*optimal assignment*'
        }

        It 'draws what has no image as a point' {
            $map = 1..20 | ForEach-Object { , [float[]]($_, (3 * $_ % 5), 1) } | ConvertTo-Tsne -Iterations 20
            $file = $map | Export-TsneMap "$TestDrive/points.png" -PassThru -ErrorVariable problems
            $file.Length | Should -BeGreaterThan 100
            $problems.Count | Should -Be 0
        }

        It 'goes on from codes to a map of them' {
            $file = Get-CnnCode $photos | ConvertTo-Tsne -Iterations 50 | Export-TsneMap "$TestDrive/all.png" -Layout Grid -Seam -PassThru
            $file | Should -BeOfType ([System.IO.FileInfo])
        }

        It 'shows the map itself as any picture' {
            NewMap 12 | Export-CnnImage "$TestDrive/plain.png"
            (SizeOf "$TestDrive/plain.png")[0] | Should -BeGreaterThan 500
        }
    }

    Context 'pages' {
        It 'writes a page, and tiles beside it' {
            $file = NewMap 8 | Export-TsneMap "$TestDrive/page.html" -Layout Grid -Column 4 -ThumbnailSize 100 -PassThru
            $file.Name | Should -Be 'page.html'
            NamesIn "$TestDrive" | Where-Object { $_ -like 'page*' -or $_ -like '.*' } | Should -Be ('page.html', 'page_files' | Sort-Object)
            NamesIn "$TestDrive/page_files" | Should -Be ('0', '1', '2', '3', '4', '5', '6', '7', '8', '9' | Sort-Object)
            NamesIn "$TestDrive/page_files/9" | Should -Be '0_0.jpg', '1_0.jpg'
            NamesIn "$TestDrive/page_files/0" | Should -Be '0_0.jpg'
        }

        It 'keeps names out of its markup' {
            $odd = "$TestDrive/</script><b>&`"' ü漢.png"
            $null = [System.IO.Directory]::CreateDirectory([System.IO.Path]::GetDirectoryName($odd))
            [System.IO.File]::Copy($files[0], $odd)
            NewMap 4 -Paths $odd -Labels '<i>"&''</script>' | Export-TsneMap "$TestDrive/odd.html" -Layout Grid
            $html = [System.IO.File]::ReadAllText("$TestDrive/odd.html")
            [regex]::Matches($html, '</script>').Count | Should -Be 2 -Because 'the page has two of its own'
            $html | Should -Not -BeLike '*<i>"*'
            $data = [regex]::Match($html, '(?s)<script id="data" type="application/json">(.*?)</script>').Groups[1].Value 
            $data = [System.Text.Json.JsonDocument]::Parse($data).RootElement
            $data.GetProperty('root').GetString() + $data.GetProperty('paths')[0].GetString() | Should -Be $odd
            $data.GetProperty('labels')[0].GetString() | Should -Be '<i>"&''</script>'
        }

        It 'needs nothing from a network' {
            NewMap 4 | Export-TsneMap "$TestDrive/alone.html" -Layout Grid
            [System.IO.File]::ReadAllText("$TestDrive/alone.html") | Should -Not -Match 'https?://'
        }

        It 'leaves a page and its folder alone without -Force, and replaces both with it' {
            NewMap 4 | Export-TsneMap "$TestDrive/kept.html" -Layout Grid -ThumbnailSize 300
            [System.IO.File]::WriteAllText("$TestDrive/kept_files/mine.txt", 'x')
            NewMap 4 | Export-TsneMap "$TestDrive/kept.html" -Layout Grid -ErrorVariable problems -ErrorAction SilentlyContinue
            $problems[0].FullyQualifiedErrorId | Should -Be 'FileExists,CnnVis.PowerShell.Cmdlets.ExportTsneMapCommand'
            "$TestDrive/kept_files/mine.txt" | Should -Exist
            NewMap 4 | Export-TsneMap "$TestDrive/kept.html" -Layout Grid -ThumbnailSize 40 -Force
            "$TestDrive/kept_files/mine.txt" | Should -Not -Exist
            NamesIn $TestDrive | Where-Object { $_ -like '.*' } | Should -BeNullOrEmpty
            $null = [System.IO.Directory]::CreateDirectory("$TestDrive/foreign_files")
            NewMap 4 | Export-TsneMap "$TestDrive/foreign.html" -Layout Grid -ErrorVariable problems -ErrorAction SilentlyContinue
            $problems[0].FullyQualifiedErrorId | Should -Be 'FileExists,CnnVis.PowerShell.Cmdlets.ExportTsneMapCommand'
            "$TestDrive/foreign.html" | Should -Not -Exist
        }
    }

    Context 'what is wrong' {
        It 'reports each image that cannot be read, and leaves its place empty' {
            [System.IO.File]::WriteAllText("$TestDrive/bad.png", 'no picture')
            $paths = "$TestDrive/none.png", "$TestDrive/bad.png", $files[0]
            foreach ($name in 'gaps.png', 'gaps.html') {
                NewMap 6 -Paths $paths | Export-TsneMap "$TestDrive/$name" -Layout Grid -ErrorVariable problems -ErrorAction SilentlyContinue
                "$TestDrive/$name" | Should -Exist
                @($problems.FullyQualifiedErrorId | Sort-Object) | Should -Be (@('ImageUnreadable,CnnVis.PowerShell.Cmdlets.ExportTsneMapCommand') * 2 + @('PathNotFound,CnnVis.PowerShell.Cmdlets.ExportTsneMapCommand') * 2)
                $problems.TargetObject | Sort-Object -Unique | Should -Be ($paths[1], $paths[0])
            }
        }

        It 'writes nothing where an error ends it' {
            foreach ($name in 'stop.png', 'stop.html') {
                { NewMap 6 -Paths "$TestDrive/none.png" | Export-TsneMap "$TestDrive/stop/$name" -ErrorAction Stop } | Should -Throw -ErrorId 'PathNotFound,CnnVis.PowerShell.Cmdlets.ExportTsneMapCommand'
            }
            NamesIn "$TestDrive/stop" | Should -BeNullOrEmpty
        }

        It 'refuses <_> before anything is drawn' -ForEach 'a.tiff', 'a', 'a.html.txt' {
            { NewMap 4 | Export-TsneMap "$TestDrive/formats/$_" } | Should -Throw -ErrorId 'InvalidArgument,CnnVis.PowerShell.Cmdlets.ExportTsneMapCommand'
            "$TestDrive/formats" | Should -Not -Exist
        }

        It 'refuses <Name>' -ForEach @(
            @{ Name = 'too few cells'; Options = @{ Layout = 'Grid'; Column = 2; Row = 2 }; Says = '*2 × 2 cells cannot hold 9 images*' }
            @{ Name = 'seams in a scatter'; Options = @{ Seam = $true }; Says = '*no neighbouring cells*' }
            @{ Name = 'columns in a scatter'; Options = @{ Column = 3 }; Says = '*no columns*' }
            @{ Name = 'images larger than the map'; Options = @{ Size = 50; ThumbnailSize = 60 }; Says = '*do not fit*' }
            @{ Name = 'cells too small'; Options = @{ Layout = 'Grid'; Column = 9; Size = 20 }; Says = '*larger -Size*' }
            @{ Name = 'cells too many'; Options = @{ Layout = 'Grid'; Column = 9; ThumbnailSize = 4000 }; Says = '*smaller -ThumbnailSize*' }
            @{ Name = 'a picture too large'; Options = @{ Size = 20000 }; Says = '*16384*' }
        ) {
            NewMap 9 | Export-TsneMap "$TestDrive/no/no.png" @Options -ErrorVariable problems -ErrorAction SilentlyContinue
            $problems.Count | Should -Be 1
            $problems[0].FullyQualifiedErrorId | Should -Be 'InvalidArgument,CnnVis.PowerShell.Cmdlets.ExportTsneMapCommand'
            $problems[0].Exception.Message | Should -BeLike $Says
            "$TestDrive/no/no.png" | Should -Not -Exist
        }

        It 'tells what is no map, and goes on: <_>' -ForEach 'text', 7, $null {
            $file = @($_; NewMap 4) | Export-TsneMap "$TestDrive/after.png" -Size 100 -Force -PassThru -ErrorVariable problems -ErrorAction SilentlyContinue
            $file.Name | Should -Be 'after.png'
            $problems.Count | Should -Be 1
        }
    }

    Context 'files' {
        It 'leaves files alone without -Force, and emits nothing without -PassThru' {
            NewMap 4 | Export-TsneMap "$TestDrive/mine.png" -Size 100 | Should -BeNullOrEmpty
            NewMap 4 | Export-TsneMap "$TestDrive/mine.png" -Size 100 -ErrorVariable problems -ErrorAction SilentlyContinue
            $problems[0].FullyQualifiedErrorId | Should -Be 'FileExists,CnnVis.PowerShell.Cmdlets.ExportTsneMapCommand'
            NewMap 4 | Export-TsneMap "$TestDrive/mine.png" -Size 100 -Force
        }

        It 'writes nothing with -WhatIf' {
            NewMap 4 | Export-TsneMap "$TestDrive/what/if.png" -WhatIf -PassThru | Should -BeNullOrEmpty
            NewMap 4 | Export-TsneMap "$TestDrive/what/if.html" -WhatIf
            "$TestDrive/what" | Should -Not -Exist
        }

        It 'takes several maps, by a template or one after the other into one file' {
            $two = NewMap 4; $three = NewMap 5
            $written = $two, $three | Export-TsneMap "$TestDrive/t/{Index}-{Dimension}.png" -Size 100 -PassThru
            $written.Name | Should -Be '0000-2.png', '0001-2.png'
            $two, $three | Export-TsneMap "$TestDrive/t/one.png" -Size 100 -ErrorVariable problems -ErrorAction SilentlyContinue
            $problems[0].Exception.Message | Should -BeLike '*{Index}*'
        }

        It 'takes names as they stand, and paths of other drives' {
            NewMap 4 | Export-TsneMap "$TestDrive/new [1]/ü #1 %.html" -Layout Grid
            [System.IO.Directory]::Exists("$TestDrive/new [1]/ü #1 %_files") | Should -BeTrue
            NewMap 4 | Export-TsneMap 'TestDrive:/drive.png' -Size 100
            "$TestDrive/drive.png" | Should -Exist
        }
    }
}
