BeforeAll { . "$PSScriptRoot/Common.ps1" }

Describe 'Measure-CnnRobustness' {
    It 'gives one measure for each method and size, which counts examples' {
        $measures = Measure-CnnRobustness $photos Fgsm, Bim 0, 1/255
        $measures.ForEach({ "$($_.Method) $([Math]::Round(255 * $_.Epsilon))" }) | Should -Be 'Fgsm 0', 'Fgsm 1', 'Bim 0', 'Bim 1'
        $examples = New-AdversarialExample $photos Bim 1/255
        $bim = $measures[3]
        $bim.Count | Should -Be 4
        $bim.CleanAccuracy | Should -Be 1
        $bim.Accuracy | Should -Be ($examples.Where({ -not $_.Success }).Count / 4)
        $bim.SuccessRate | Should -Be ($examples.Where({ $_.Success }).Count / 4)
        $bim.Lower | Should -BeLessOrEqual $bim.Accuracy
        $bim.Upper | Should -BeGreaterOrEqual $bim.Accuracy
        $measures[0].Accuracy, $measures[2].Accuracy | Should -Be 1, 1
    }

    It 'has Wilson''s interval' {
        $measure = Measure-CnnRobustness $photos Fgsm 0
        # 4 of 4: from n / (n + z²) to 1.
        [Math]::Abs($measure.Lower - 4 / (4 + 1.959963984540054 * 1.959963984540054)) | Should -BeLessThan 1e-9
        $measure.Upper | Should -Be 1
    }

    It 'counts pictures that are wrong before as wrong' {
        $measure = Measure-CnnRobustness $photos Fgsm 0 -Label espresso
        $measure.Accuracy, $measure.CleanAccuracy | Should -Be 0.25, 0.25
    }

    It 'shows examples of each network to all' {
        $other = Import-CnnModel squeezenet1_1 -Random -Seed 1
        $measures = Measure-CnnRobustness "$photos/coffee.png" Fgsm 4/255 -TransferTo $other
        $measures.ForEach({ "$($_.Source) $($_.Model)" }) | Should -Be "alexnet64 alexnet64", "alexnet64 $($other.Name)", "$($other.Name) alexnet64", "$($other.Name) $($other.Name)"
    }

    It 'shows an example of each size to other networks' {
        $other = Import-CnnModel squeezenet1_1 -Random -Seed 1
        $shown = Measure-CnnRobustness $photos Pgd 8/255, 16/255 -TransferTo $other
        $alone = Measure-CnnRobustness $photos Pgd 8/255, 16/255
        $shown.Where({ $_.Source -eq 'alexnet64' -and $_.Model -eq 'alexnet64' }).ForEach({ $_.Accuracy }) | Should -Be $alone.ForEach({ $_.Accuracy })
        $shown[1].MeanSize | Should -BeGreaterThan $alone[1].MeanSize
    }

    It 'draws the matrix of networks under the charts' {
        $other = Import-CnnModel squeezenet1_1 -Random -Seed 1
        $plot = Measure-CnnRobustness "$photos/coffee.png" Fgsm, DeepFool 1 -Steps 2 -TransferTo $other -Plot
        $cells = @($plot.Draw([CnnVis.DrawOptions]::new()).Cells)
        $cells.Count | Should -Be 10
        $cells[2].Caption | Should -Match '^Fgsm 1, alexnet64 → alexnet64: '
        $cells[9].Caption | Should -Match "^DeepFool 1, $($other.Name) → $($other.Name): "
        $alone = Measure-CnnRobustness "$photos/coffee.png" Fgsm 1/255 -TransferTo $other -Plot
        $cells = @($alone.Draw([CnnVis.DrawOptions]::new()).Cells)
        $cells[1].IsEmpty | Should -BeTrue
        $cells[2].Caption | Should -Match 'alexnet64 → alexnet64'
    }

    It 'refuses two networks of one name' {
        { Measure-CnnRobustness $photos Fgsm -TransferTo alexnet64 -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidArgument*'
    }

    It 'draws a plot' {
        $plot = Measure-CnnRobustness $photos Fgsm, Pgd 1/255, 4/255 -Plot
        $plot.Measures.Count | Should -Be 4
        ($plot | Export-CnnImage "$TestDrive/plot.png" -PassThru).Length | Should -BeGreaterThan 1000
    }

    It 'reports what it cannot read, and goes on' {
        $measure = Measure-CnnRobustness "$photos/coffee.png", "$fixtures/README.md" Fgsm 0 -ErrorVariable errors -ErrorAction SilentlyContinue
        $measure.Count | Should -Be 1
        $errors.Count | Should -BeGreaterThan 0
    }
}
