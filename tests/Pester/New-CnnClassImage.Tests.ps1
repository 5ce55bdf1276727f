BeforeAll { . "$PSScriptRoot/Common.ps1" }

Describe 'New-CnnClassImage' {
    It 'makes a picture that the network takes for the class: <Method>' -ForEach @(@{ Method = 'Lucid'; Steps = 48 }, @{ Method = 'Simonyan'; Steps = 24 }, @{ Method = 'Yosinski'; Steps = 48 }) {
        $images = New-CnnClassImage espresso, lemon -Method $Method -Steps $Steps
        $images | Should -HaveCount 2
        $images.Class | Should -Be 'espresso', 'lemon'
        foreach ($image in $images) {
            $image | Should -BeOfType ([CnnVis.CnnClassImage])
            $image.Method | Should -Be $Method
            $image.Predicted | Should -Be $image.Class
            $image.Probability | Should -BeGreaterThan 0.5
            $image.Score | Should -BeGreaterThan ($image.StartScore + 3)
            $image.Values.Length | Should -Be (3 * 64 * 64)
            ($image.Values | Measure-Object -Minimum).Minimum | Should -Not -BeLessThan 0
            ($image.Values | Measure-Object -Maximum).Maximum | Should -Not -BeGreaterThan 1
            "$($image.Image)" | Should -Be '64x64'
            $image.IsInterrupted | Should -Be $false
        }
    }

    It 'is shown stretched where the papers do so, and as it is where asked' {
        $image = New-CnnClassImage espresso -Method Simonyan -Steps 4
        $stretched, $plain = 'Stretched', 'Plain' | ForEach-Object { $image.Draw([CnnVis.DrawOptions]@{ Contrast = $_ }).Cells[0] }
        $image.Draw([CnnVis.DrawOptions]::Default).Cells[0].Caption | Should -Be $stretched.Caption
        $stretched.Caption | Should -Match '×\d'
        $plain.Caption | Should -Not -Match '×'
        $reds = foreach ($cell in $stretched, $plain) {
            $values = 0..63 | ForEach-Object { $cell.Image.Item($_, 31).R }
            ($values | Measure-Object -Maximum).Maximum - ($values | Measure-Object -Minimum).Minimum
        }
        $reds[0] | Should -BeGreaterThan (2 * $reds[1])
        0..63 | ForEach-Object { "$($plain.Image.Item($_, 31))" | Should -Be "$($image.Image.Item($_, 31))" }
    }

    It 'gives the same picture for the same seed, and another for another' {
        $first = New-CnnClassImage espresso -Steps 4 -Seed 5
        (New-CnnClassImage espresso -Steps 4 -Seed 5).Values | Should -Be $first.Values
        ((New-CnnClassImage espresso -Steps 4 -Seed 6).Values -join ' ') | Should -Not -Be ($first.Values -join ' ')
    }

    It 'counts seeds up' {
        (New-CnnClassImage espresso, lemon -Count 3 -Seed 7 -Steps 1).Seed | Should -Be 7, 8, 9, 7, 8, 9
    }

    It 'takes classes from the pipeline, and by index' {
        ('lemon', '3' | New-CnnClassImage -Steps 1).Class | Should -Be 'lemon', 'American alligator'
    }

    It 'raises <Name>' -ForEach @(
        @{ Name = 'relu5:3'; Arguments = @{ Layer = 'relu5'; Channel = 3 } }
        @{ Name = 'relu5:3 (2, 4)'; Arguments = @{ Layer = 'relu5'; Channel = 3; Position = 2, 4 } }
        @{ Name = 'relu3'; Arguments = @{ Layer = 'relu3' } }
        @{ Name = 'fc7 direction'; Arguments = @{ Layer = 'fc7'; Direction = (1..512) } }
        @{ Name = 'relu5 direction'; Arguments = @{ Layer = 'relu5'; Direction = (1..192); Position = 1, 1 } }
        @{ Name = 'espresso + lemon'; Arguments = @{ Objective = ,@{ espresso = 1; lemon = 1 } } }
        @{ Name = '0.5 × relu5:3'; Arguments = @{ Objective = @{ 'relu5:3' = 0.5 } } }
        @{ Name = 'relu5:3'; Arguments = @{ Objective = 'relu5:3' } }
    ) {
        $image = New-CnnClassImage @Arguments -Steps 16
        "$($image.Objective)" | Should -Be $Name
        $image.Score | Should -BeGreaterThan $image.StartScore
    }

    It 'makes a caricature' {
        $image = New-CnnClassImage -Layer relu4 -Caricature "$photos/coffee.png" -Steps 8
        "$($image.Objective)" | Should -Be 'relu4 of coffee.png'
        $image.Score | Should -BeGreaterThan $image.StartScore
    }

    It 'adds and weights objectives' {
        $objective = [CnnVis.CnnObjective]::OfClass('espresso') * 2 + 0.5 * [CnnVis.CnnObjective]::OfChannel('relu5', 3) - [CnnVis.CnnObjective]::OfLayer('relu4')
        "$objective" | Should -Be '2 × espresso + 0.5 × relu5:3 + -1 × relu4'
        $image = New-CnnClassImage -Objective $objective -Steps 8
        $image.Score | Should -BeGreaterThan $image.StartScore
        $image.Class | Should -BeNullOrEmpty
    }

    It 'leaves black, where a network of <Channels> channels has no mean: <Method>' -ForEach @(
        @{ Channels = 1; Name = 'one-channel'; Method = 'Lucid' }, @{ Channels = 4; Name = 'four-channels'; Method = 'Lucid' }
        @{ Channels = 1; Name = 'one-channel'; Method = 'Simonyan' }, @{ Channels = 4; Name = 'four-channels'; Method = 'Simonyan' }
    ) {
        $image = New-CnnClassImage 1 -Method $Method -Steps 30 -Model "$fixtures/$Name.onnx"
        $image.Channels | Should -Be $Channels
        $image.Score | Should -BeGreaterThan ($image.StartScore + 1)
        $image.Predicted | Should -Be 'class 1'
    }

    It 'begins with <_>' -ForEach 'Mean', 'Grey', 'Noise' {
        (New-CnnClassImage espresso -Start $_ -Steps 0).Steps | Should -Be 0
    }

    It 'begins with a picture' {
        $image = New-CnnClassImage -Layer relu3 -Start "$photos/coffee.png" -Steps 0
        $image.Predicted | Should -Be 'espresso'
        [Math]::Abs($image.Score - $image.StartScore) | Should -BeLessThan (0.05 * $image.StartScore)
    }

    It 'compares with real pictures' {
        $image = New-CnnClassImage espresso -Steps 1 -Reference $photos
        [System.IO.Path]::GetFileName($image.ReferencePath) | Should -Be 'coffee.png'
        $image.ReferenceMaximum | Should -BeGreaterThan 5
    }

    It 'takes colours from real pictures' {
        (New-CnnClassImage espresso -Steps 2 -Reference $photos -Color Reference).Score | Should -BeOfType ([float])
    }

    It 'takes a network of another size' {
        (New-CnnClassImage red -Model "$fixtures/tiny.onnx" -Steps 2).Class | Should -Be 'red'
    }

    It 'tells <Case>' -ForEach @(
        @{ Case = 'an unknown class'; Id = 'ClassNotFound'; Arguments = @{ Class = 'expresso' } }
        @{ Case = 'an unknown layer'; Id = 'LayerNotFound'; Arguments = @{ Layer = 'relu55' } }
        @{ Case = 'a channel that is not there'; Id = 'ChannelNotFound'; Arguments = @{ Layer = 'relu5'; Channel = 192 } }
        @{ Case = 'a place that is not there'; Id = 'InvalidArgument'; Arguments = @{ Layer = 'relu5'; Channel = 3; Position = 7, 0 } }
        @{ Case = 'a place where there are none'; Id = 'InvalidArgument'; Arguments = @{ Layer = 'fc7'; Channel = 3; Position = 0, 0 } }
        @{ Case = 'a place without a channel'; Id = 'InvalidArgument'; Arguments = @{ Layer = 'relu5'; Position = 0, 0 } }
        @{ Case = 'a direction of the wrong length'; Id = 'InvalidArgument'; Arguments = @{ Layer = 'relu5'; Direction = 1, 2 } }
        @{ Case = 'a direction that is none'; Id = 'InvalidArgument'; Arguments = @{ Layer = 'fc8'; Direction = (, 0 * 100) } }
        @{ Case = 'two objectives at once'; Id = 'InvalidArgument'; Arguments = @{ Layer = 'relu5'; Channel = 1; Direction = (1..192) } }
        @{ Case = 'colours from nowhere'; Id = 'InvalidArgument'; Arguments = @{ Class = 'espresso'; Color = 'Reference' } }
        @{ Case = 'an objective that cannot be read'; Id = 'InvalidArgument'; Arguments = @{ Objective = 'relu5:x' } }
        @{ Case = 'a weight that is none'; Id = 'InvalidArgument'; Arguments = @{ Objective = @{ espresso = 'much' } } }
        @{ Case = 'a start that is not there'; Id = 'PathNotFound'; Arguments = @{ Class = 'espresso'; Start = 'nowhere.png' } }
    ) {
        { New-CnnClassImage @Arguments -Steps 1 } | Should -Throw -ErrorId "$Id*"
    }

    It 'keeps what there is when it is stopped' {
        $kept = KeptWhenStopped 'New-CnnClassImage espresso -Steps 100000 -StoppedVariable kept'
        $kept | Should -HaveCount 1
        $kept[0].IsInterrupted | Should -Be $true
        $kept[0].Class | Should -Be 'espresso'
        $kept[0].Predicted | Should -BeNullOrEmpty # nobody is asked any more
    }
}
