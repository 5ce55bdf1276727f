BeforeAll { . "$PSScriptRoot/Common.ps1" }

Describe 'Measure-CnnKeypoint' {
    BeforeAll {
        # Five copies of one photo, and a picture that is not there.
        foreach ($i in 1..5) { Copy-Item $chelsea "$TestDrive/cat$i.png" }
        $rows = foreach ($i in 1..6) { foreach ($point in @('eye', 150, 100), @('nose', 260, 200), @('ear', 90, 20)) { [pscustomobject]@{ Image = "cat$i.png"; Keypoint = $point[0]; X = $point[1]; Y = $point[2]; Visible = 1; Class = 'cat'; Box = '20 5 430 295' } } }
        $rows | Export-Csv "$TestDrive/points.csv"
        $measures = Measure-CnnKeypoint "$TestDrive/points.csv" -Layer relu3 -ErrorVariable errors -ErrorAction SilentlyContinue
    }

    It 'reports pictures that are missing, and goes on' {
        $errors.Count | Should -Be 1
        $errors[0].FullyQualifiedErrorId | Should -BeLike 'PathNotFound*'
        $measures[0].Count | Should -Be 5
    }

    It 'finds and names the keypoints of copies' {
        $measures.ForEach({ "$($_.Task) $($_.Method)" }) | Should -Be 'Transfer Network', 'Transfer RandomWeights', 'Transfer NoAlignment', 'Classification Network', 'Classification RandomWeights', 'Classification ShuffledLabels', 'Prediction Network', 'Prediction RandomWeights', 'Prediction WithPrior', 'Prediction PriorOnly'
        $measures.Where({ $_.Method -eq 'Network' -and $_.Task -ne 'Prediction' }).Accuracy | Should -Be 1, 1
        $measures.Where({ $_.Method -eq 'NoAlignment' }).Pck025 | Should -Be 1
    }

    It 'asks what is asked' {
        $one = Measure-CnnKeypoint "$TestDrive/points.csv" Classification -Layer relu2, relu4 -ErrorAction SilentlyContinue
        $one.ForEach({ "$($_.Layer) $($_.Method)" }) | Should -Be 'relu2 Network', 'relu2 RandomWeights', 'relu2 ShuffledLabels', 'relu4 Network', 'relu4 RandomWeights', 'relu4 ShuffledLabels'
        [double]::IsNaN($one[0].Pck05) | Should -BeTrue
    }

    It 'says what is wrong' {
        { Measure-CnnKeypoint "$fixtures/README.md" -ErrorAction SilentlyContinue } | Should -Throw -ErrorId 'NoImages*'
        { Measure-CnnKeypoint "$TestDrive/none.csv" -ErrorAction SilentlyContinue } | Should -Throw -ErrorId 'NoImages*'
    }
}
