BeforeAll { . "$PSScriptRoot/Common.ps1" }

Describe 'Measure-CnnCorrespondence' {
    BeforeAll {
        $measures = Measure-CnnCorrespondence $photos -Layer relu1, relu4 -MaximumPoints 40
    }

    It 'gives each layer beside its controls' {
        $measures.ForEach({ "$($_.Layer) $($_.Features)" }) | Should -Be 'relu1 Network', 'relu1 RandomWeights', 'relu1 RawPixels', 'relu1 RandomFeatures', 'relu1 Identity', 'relu4 Network', 'relu4 RandomWeights', 'relu4 RawPixels', 'relu4 RandomFeatures', 'relu4 Identity'
        $measures.Warp | Sort-Object -Unique | Should -Be 'all'
        $measures[0].Count | Should -Be 4
        $measures.ForEach({ $_.Pck10Lower -le $_.Pck10 -and $_.Pck10 -le $_.Pck10Upper -and $_.Pck025 -le $_.Pck05 -and $_.Pck05 -le $_.Pck10 }) | Should -Not -Contain $false
    }

    It 'finds more by what was learned than by chance or by standing still' {
        $relu4 = $measures.Where({ $_.Layer -eq 'relu4' })
        $relu4[0].Pck10 | Should -BeGreaterThan $relu4[3].Pck10
        $relu4[0].Pck10 | Should -BeGreaterThan $relu4[4].Pck10
    }

    It 'is the same for the same seed' {
        $again = Measure-CnnCorrespondence $photos -Layer relu1, relu4 -MaximumPoints 40 -BatchSize 3
        LargestDifference $measures.MedianError $again.MedianError | Should -BeLessThan 0.1
        $again.Where({ $_.Features -eq 'RandomFeatures' }).Pck10 | Should -Be $measures.Where({ $_.Features -eq 'RandomFeatures' }).Pck10
    }

    It 'gives each movement' {
        $each = Measure-CnnCorrespondence $coffee -Layer relu4 -Warp 'translate(8,0)', flip -ByWarp | Where-Object Features -EQ Identity
        $each.Warp | Should -Be 'translate(8,0)', 'flip', 'all'
        $each[0].MedianError | Should -Be 8
        [double]::IsNaN($each[0].Pck10Lower) | Should -BeTrue
    }

    It 'is drawn' {
        $plot = Measure-CnnCorrespondence $photos -Layer relu* -MaximumPoints 20 -Warp flip -Plot
        $plot.Measures.Count | Should -Be 25
        ($plot | Export-CnnImage "$TestDrive/plot.png" -PassThru).Length | Should -BeGreaterThan 1000
    }

    It 'says what is wrong' {
        { Measure-CnnCorrespondence $photos -Warp 'turn(3)' -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidArgument*'
        { Measure-CnnCorrespondence $photos -Layer fc8 -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidArgument*'
    }
}
