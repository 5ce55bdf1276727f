# The photos are not part of the clone: they lie beside it where somebody has them.

BeforeAll {
    . "$PSScriptRoot/Common.ps1"
    $photos = "$shared/data/photos"
    $present = [System.IO.Directory]::Exists($photos)
}

Describe 'Sixty photos' {
    BeforeEach {
        if (-not $present) { Set-ItResult -Skipped -Because "there is no folder $photos" }
    }

    It 'give a prediction each, without an error' {
        $predictions = Get-CnnPrediction $photos -ErrorVariable problems -ErrorAction SilentlyContinue
        $problems | Should -BeNullOrEmpty
        $predictions.Count | Should -Be 60
        foreach ($prediction in $predictions) {
            $prediction.Probability | Should -BeGreaterOrEqual 0.01 -Because 'the most probable of a hundred is no less probable than the average'
            $prediction.Probability | Should -BeLessOrEqual 1
        }
    }

    It 'are measured without an error' {
        $statistics = Measure-CnnActivation $photos relu1, relu5 -ErrorVariable problems -ErrorAction SilentlyContinue
        $problems | Should -BeNullOrEmpty
        $statistics.Count | Should -Be (64 + 192)
        $statistics[0].ImageCount | Should -Be 60
    }
}
