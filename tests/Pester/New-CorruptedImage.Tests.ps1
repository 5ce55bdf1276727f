BeforeAll { . "$PSScriptRoot/Common.ps1" }

Describe 'New-CorruptedImage' {
    It 'gives each corruption and severity of each photo' {
        $images = New-CorruptedImage $chelsea, $coffee gaussian_noise, Fog 1, 5
        $images.ForEach({ "$([System.IO.Path]::GetFileName($_.Path)) $($_.Corruption) $($_.Severity)" })[0..4] | Should -Be 'chelsea.png GaussianNoise 1', 'chelsea.png GaussianNoise 5', 'chelsea.png Fog 1', 'chelsea.png Fog 5', 'coffee.png GaussianNoise 1'
        $images.Count | Should -Be 8
        "$($images[0].Image)" | Should -Be '64x64'
        $again = New-CorruptedImage $chelsea GaussianNoise 1
        $row = { param($image) (0..63 | ForEach-Object { "$($image.Item($_, 7))" }) -join ' ' }
        & $row $again.Image | Should -Be (& $row $images[0].Image)
        $other = New-CorruptedImage $chelsea GaussianNoise 1 -Seed 1
        & $row $other.Image | Should -Not -Be (& $row $images[0].Image)
    }

    It 'writes ImageNet-C''s folders' {
        New-CorruptedImage $photos Contrast 2 -OutputPath "$TestDrive/c" -WhatIf | Out-Null
        [System.IO.Directory]::Exists("$TestDrive/c") | Should -BeFalse
        $written = New-CorruptedImage $photos Contrast 2 -OutputPath "$TestDrive/c"
        NamesIn "$TestDrive/c/Contrast/2/photos" | Should -Be 'astronaut.png', 'chelsea.png', 'coffee.png', 'rocket.png'
        $written[0].OutputPath | Should -BeLike '*astronaut.png'
        SizeOf $written[0].OutputPath | Should -Be 64, 64
        New-CorruptedImage $chelsea Contrast 2 -OutputPath "$TestDrive/c" -ErrorVariable failed -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $failed[0].FullyQualifiedErrorId | Should -BeLike 'FileExists*'
    }

    It 'refuses what it does not know' {
        { New-CorruptedImage $chelsea Rain -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidArgument*'
        { New-CorruptedImage $chelsea Fog 6 -ErrorAction Stop } | Should -Throw
    }

    It 'is drawn beside the photo' {
        $cells = (New-CorruptedImage $chelsea Snow 3).Draw([CnnVis.DrawOptions]::new()).Cells
        $cells.Caption | Should -Be 'original', 'Snow 3'
    }
}

Describe 'Measure-CnnRobustness -Corruption' {
    It 'counts as New-CorruptedImage and Get-CnnPrediction do' {
        $robustness = Measure-CnnRobustness $photos -Corruption Fog, Pixelate -Severity 1, 5
        $robustness.Count, $robustness.CleanAccuracy.Share, $robustness.Parameters | Should -Be 4, 1, 'Tiny-ImageNet-C'
        $robustness.Measures.Count | Should -Be 4
        New-CorruptedImage $photos Fog 5 -OutputPath "$TestDrive/{Name}.png" | Out-Null
        $clean = (Get-CnnPrediction $photos).Class
        $said = (Get-CnnPrediction $TestDrive).Class
        $right = (0..3).Where({ $said[$_] -eq $clean[$_] }).Count
        $robustness.Measures.Where({ $_.Corruption -eq 'Fog' -and $_.Severity -eq 5 }).Accuracy.Count | Should -Be $right
        $robustness.MeanCorruptionError, $robustness.Baseline | Should -Be $null, $null
    }

    It 'takes another network''s errors as 100' {
        $robustness = Measure-CnnRobustness $photos -Corruption GaussianNoise -Severity 5 -LabelPath $(
            [System.IO.File]::WriteAllText("$TestDrive/l.csv", "file,label`nastronaut.png,goldfish`nchelsea.png,goldfish`ncoffee.png,goldfish`nrocket.jpg,goldfish`n"); "$TestDrive/l.csv") -Baseline alexnet64
        $robustness.MeanCorruptionError, $robustness.Baseline | Should -Be 100, 'alexnet64'
        $robustness.CleanAccuracy.Count | Should -Be 0
    }

    It 'draws curves and refuses two ways at once' {
        Measure-CnnRobustness $chelsea -Corruption Noise | Export-CnnImage "$TestDrive/noise.svg"
        [System.IO.File]::ReadAllText("$TestDrive/noise.svg") | Should -Match 'ShotNoise'
        { Measure-CnnRobustness $chelsea -Corruption Noise -Method Fgsm -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidArgument*'
    }

    It 'counts flips' {
        $stability = Measure-CnnRobustness $chelsea, $coffee -Perturbation GaussianNoise, Brightness
        $stability.Perturbation | Should -Be 'GaussianNoise', 'Brightness'
        $stability.ForEach({ $_.Count }) | Should -Be 2, 2
        $stability.ForEach({ $_.FlipRate -ge 0 -and $_.FlipRate -le 1 }) | Should -Not -Contain $false
    }

    It 'goes into other cmdlets as it is, with its network' {
        $corrupted = New-CorruptedImage $coffee Fog 5 -Model alexnet64
        $prediction = $corrupted | Get-CnnPrediction
        "$($corrupted.Model)", "$($prediction.Model)" | Should -Be 'alexnet64', 'alexnet64'
        $prediction.Path | Should -BeLike '*coffee (Fog 5)'
        $prediction.Probability | Should -Be ($corrupted.Image | Get-CnnPrediction -Model alexnet64).Probability
        $prediction.Probability | Should -Not -Be (Get-CnnPrediction $coffee -Model alexnet64).Probability
    }
}
