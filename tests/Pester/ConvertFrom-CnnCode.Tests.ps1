BeforeAll { . "$PSScriptRoot/Common.ps1" }

Describe 'ConvertFrom-CnnCode' {
    It 'makes a picture of each layer, like the original: <Method>' -ForEach @(@{ Method = 'Adam' }, @{ Method = 'Momentum' }, @{ Method = 'Lbfgs' }) {
        $items = ConvertFrom-CnnCode $coffee conv1, relu5 -Method $Method -Steps 40
        $items.Layer | Should -Be 'conv1', 'relu5'
        foreach ($item in $items) {
            $item | Should -BeOfType ([CnnVis.CnnReconstruction])
            $item.Path | Should -Be $coffee
            $item.Values.Length | Should -Be (3 * 64 * 64)
            ($item.Values | Measure-Object -Minimum).Minimum | Should -Not -BeLessThan 0
            ($item.Values | Measure-Object -Maximum).Maximum | Should -Not -BeGreaterThan 1
            $item.OriginalClass | Should -Be 'espresso'
            $item.Error | Should -BeLessThan 0.7
        }
        $items[0].Psnr | Should -BeGreaterThan 18
        $items[0].Psnr | Should -BeGreaterThan $items[1].Psnr
        $items[0].Ssim | Should -BeGreaterThan $items[1].Ssim
        $items[1].TotalVariationWeight / $items[0].TotalVariationWeight | Should -BeGreaterThan 99
    }

    It 'takes codes and activations' {
        $fromPicture = ConvertFrom-CnnCode $coffee fc6 -Steps 6
        $fromCode = Get-CnnCode $coffee fc6 | ConvertFrom-CnnCode -Steps 6
        $fromActivation = Get-CnnActivation $coffee fc6 | ConvertFrom-CnnCode -Steps 6
        foreach ($item in $fromCode, $fromActivation) {
            $item.Layer | Should -Be 'fc6'
            [Math]::Abs($item.Error - $fromPicture.Error) | Should -BeLessThan 0.01
            $item.OriginalClass | Should -Be 'espresso'
        }
    }

    It 'takes files from the pipeline' {
        ([System.IO.FileInfo] $coffee, $rocket | ConvertFrom-CnnCode -Layer fc7 -Steps 1).Path | Should -Be $coffee, $rocket
    }

    It 'takes some channels, from activations and by number' {
        $chosen = Get-CnnActivation $coffee relu2 -Channel 5, 9 | ConvertFrom-CnnCode -Steps 2
        $chosen.CodeChannels | Should -Be 5, 9
        $chosen.Code.Length | Should -Be (2 * 15 * 15)
        (ConvertFrom-CnnCode $coffee relu2 -Channel 5, 9 -Steps 2).Code | Should -Be $chosen.Code
    }

    It 'splits channels into groups' {
        $groups = ConvertFrom-CnnCode $coffee relu2 -ChannelGroup 2 -Steps 1
        $groups | Should -HaveCount 2
        $groups[0].CodeChannels | Should -Be (0..63)
        $groups[1].CodeChannels | Should -Be (64..127)
    }

    It 'takes the middle of the maps' {
        $item = ConvertFrom-CnnCode $coffee relu4 -Neighborhood 3 -Steps 2
        $item.Code.Length | Should -Be (224 * 9)
        $item.Neighborhood | Should -Be 3
    }

    It 'counts seeds up, and gives the same picture for the same' {
        $items = ConvertFrom-CnnCode $coffee fc7 -Count 3 -Seed 4 -Steps 2
        $items.Seed | Should -Be 4, 5, 6
        (ConvertFrom-CnnCode $coffee fc7 -Count 3 -Seed 4 -Steps 2)[1].Values | Should -Be $items[1].Values
        ($items[0].Values -join ' ') | Should -Not -Be ($items[1].Values -join ' ')
    }

    It 'makes a sheet: a row a picture, a column a layer' {
        $sheet = ConvertFrom-CnnCode $coffee, $rocket conv1, fc7 -Steps 1 -Sheet
        $sheet | Should -BeOfType ([CnnVis.CnnReconstructionSheet])
        $sheet.Items | Should -HaveCount 4
        $drawn = $sheet.Draw([CnnVis.DrawOptions]::Default)
        $drawn.Columns | Should -Be 3
        $drawn.Cells | Should -HaveCount 6
    }

    It 'makes a table by layer' {
        $table = ConvertFrom-CnnCode $coffee, $rocket conv1, fc7 -Steps 20 -Summary
        $table.Layer | Should -Be 'conv1', 'fc7'
        foreach ($row in $table) {
            $row | Should -BeOfType ([CnnVis.CnnReconstructionSummary])
            $row.Count | Should -Be 2
            $row.MeanError | Should -BeGreaterThan 0
            $row.PaperError | Should -BeGreaterThan 0
            $row.ClassAgreement | Should -BeIn 0, 0.5, 1
        }
        $table[0].MeanPsnr | Should -BeGreaterThan $table[1].MeanPsnr
    }

    It 'works with <Channels> channels: from pictures, codes, activations and files' -ForEach @(
        @{ Channels = 1; Name = 'one-channel' }
        @{ Channels = 4; Name = 'four-channels' }
    ) {
        $model = Import-CnnModel "$fixtures/$Name.onnx"
        foreach ($method in 'Adam', 'Momentum', 'Lbfgs') {
            $items = ConvertFrom-CnnCode $coffee conv1, pool1, fc2 -Model $model -Method $method
            foreach ($item in $items) {
                $item.Channels | Should -Be $Channels
                $item.Values | Should -HaveCount ($Channels * 64)
                $item.Error | Should -BeLessThan 0.2
                $item.ClassAgrees | Should -Be $true
            }
            $items[0].Psnr | Should -BeGreaterThan 18
        }
        (ConvertFrom-CnnCode $coffee conv1 -Model $model -Spectrum).Error | Should -BeLessThan 0.25
        $direct = ConvertFrom-CnnCode $coffee pool1 -Model $model -Steps 5
        (Get-CnnCode $coffee pool1 -Model $model | ConvertFrom-CnnCode -Model $model -Steps 5).Values | Should -Be $direct.Values
        (Get-CnnActivation $coffee pool1 -Model $model | ConvertFrom-CnnCode -Model $model -Steps 5).Values | Should -Be $direct.Values
        Get-CnnCode $coffee pool1 -Model $model | Export-CnnCode "$TestDrive/$Name.npz"
        $read = Import-CnnCode "$TestDrive/$Name.npz" | ConvertFrom-CnnCode -Model $model -Steps 5
        $read.Values | Should -Be $direct.Values
        $read | Export-CnnImage "$TestDrive/$Name.png"
        "$TestDrive/$Name.png" | Should -Exist
        ConvertFrom-CnnCode $coffee, $rocket conv1, fc2 -Model $model -Steps 1 -Sheet | Export-CnnImage "$TestDrive/$Name-sheet.png"
        "$TestDrive/$Name-sheet.png" | Should -Exist
    }

    It 'writes nothing with -WhatIf' {
        ConvertFrom-CnnCode $coffee fc7 -Steps 1 | Export-CnnImage "$TestDrive/never.png" -WhatIf
        "$TestDrive/never.png" | Should -Not -Exist
    }

    It 'gives a picture the same bytes in any batch' {
        $together = ConvertFrom-CnnCode $coffee, $rocket relu4, fc7 -Seed 3 -Steps 3
        foreach ($size in 1, 3) { (ConvertFrom-CnnCode $coffee, $rocket relu4, fc7 -Seed 3 -Steps 3 -BatchSize $size).Values | Should -Be $together.Values }
        (ConvertFrom-CnnCode $rocket fc7 -Seed 3 -Steps 3).Values | Should -Be $together[3].Values
    }

    It 'takes layers by wildcard' {
        (ConvertFrom-CnnCode $coffee 'fc*' -Steps 0).Layer | Should -Be 'fc6', 'fc7', 'fc8'
        (Get-CnnCode $coffee fc6 | ConvertFrom-CnnCode -Layer 'fc*' -Steps 0).Layer | Should -Be 'fc6'
    }

    It 'goes on behind a picture that cannot be read' {
        [System.IO.File]::WriteAllText("$TestDrive/broken.png", 'no picture')
        $items = ConvertFrom-CnnCode $coffee, "$TestDrive/broken.png", $rocket fc7 -Steps 1 -ErrorAction SilentlyContinue -ErrorVariable problems
        $items.Path | Should -Be $coffee, $rocket
        $problems | Should -HaveCount 1
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'ImageUnreadable*'
        $sheet = ConvertFrom-CnnCode $coffee, "$TestDrive/broken.png", $rocket conv1, fc7 -Steps 0 -Sheet -ErrorAction SilentlyContinue
        $sheet.PerPicture | Should -Be 2
    }

    It 'goes on behind what is no code of a layer' {
        $good = Get-CnnCode $coffee, $rocket fc7
        $elsewhere = Get-CnnActivation $coffee relu7 -Channel 1, 2, 3
        $other = Get-CnnCode $coffee pool1 -Model "$fixtures/one-channel.onnx"
        Get-CnnCode $coffee pool1 -Model "$fixtures/one-channel.onnx" | Export-CnnCode "$TestDrive/short.npy"
        [System.IO.File]::Delete("$TestDrive/short.npy.csv")
        $short = Import-CnnCode "$TestDrive/short.npy"
        $items = $good[0], $elsewhere, $other, $short, 3.5, $good[1] | ConvertFrom-CnnCode -Layer fc7 -Steps 1 -ErrorAction SilentlyContinue -ErrorVariable problems
        $items.Path | Should -Be $coffee, $rocket
        $problems | Should -HaveCount 4
        $problems.ForEach({ $_.FullyQualifiedErrorId.Split(',')[0] }) | Should -BeIn 'InvalidArgument', 'LayerNotFound', 'NotAPicture'
    }

    It 'tells a wrong call before anything is computed' {
        $items = [System.Collections.Generic.List[object]]::new()
        { ConvertFrom-CnnCode $coffee relu4, fc7 -Neighborhood 3 -Steps 1 -BatchSize 1 | ForEach-Object { $items.Add($_) } } | Should -Throw -ErrorId 'InvalidArgument*'
        $items | Should -HaveCount 0
    }

    It 'makes a row of the layers of a picture that come as activations' {
        $sheet = Get-CnnActivation $coffee, $rocket relu1, relu4 | ConvertFrom-CnnCode -Steps 0 -Sheet
        $sheet.PerPicture | Should -Be 2
    }

    It 'keeps what there is when it is stopped' {
        $kept = KeptWhenStopped 'ConvertFrom-CnnCode $given fc7 -Count 2 -Steps 100000 -StoppedVariable kept' $coffee
        $kept | Should -HaveCount 2
        foreach ($item in $kept) {
            $item.IsInterrupted | Should -Be $true
            $item.Error | Should -BeLessThan 1
            $item.Steps | Should -BeGreaterThan 0
        }
    }

    It 'tells <Case>' -ForEach @(
        @{ Case = 'an unknown layer'; Id = 'LayerNotFound'; Code = { ConvertFrom-CnnCode $coffee relu55 } }
        @{ Case = 'a middle where there is none'; Id = 'InvalidArgument'; Code = { ConvertFrom-CnnCode $coffee fc7 -Neighborhood 3 -Steps 1 } }
        @{ Case = 'a middle that is larger than the map'; Id = 'InvalidArgument'; Code = { ConvertFrom-CnnCode $coffee relu5 -Neighborhood 8 -Steps 1 } }
        @{ Case = 'more groups than channels'; Id = 'InvalidArgument'; Code = { ConvertFrom-CnnCode $coffee relu2 -ChannelGroup 129 -Steps 1 } }
        @{ Case = 'channels and groups'; Id = 'InvalidArgument'; Code = { ConvertFrom-CnnCode $coffee relu2 -ChannelGroup 2 -Channel 1 } }
        @{ Case = 'a channel that is not there'; Id = 'ChannelNotFound'; Code = { ConvertFrom-CnnCode $coffee relu2 -Channel 128 } }
        @{ Case = 'a code of another network'; Id = 'ModelMismatch'; Code = { Get-CnnCode $coffee fc7 | ConvertFrom-CnnCode -Model $tiny -ErrorAction Stop } }
        @{ Case = 'a code of another layer'; Id = 'InvalidArgument'; Code = { Get-CnnCode $coffee fc7 | ConvertFrom-CnnCode -Layer fc6 -ErrorAction Stop } }
        @{ Case = 'a picture that is not there'; Id = 'PathNotFound'; Code = { ConvertFrom-CnnCode nowhere.png fc7 -ErrorAction Stop } }
        @{ Case = 'what is no code'; Id = 'NotAPicture'; Code = { 3.5 | ConvertFrom-CnnCode -ErrorAction Stop } }
    ) {
        $Code | Should -Throw -ErrorId "$Id*"
    }
}
