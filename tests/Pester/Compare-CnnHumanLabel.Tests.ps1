BeforeAll {
    . "$PSScriptRoot/Common.ps1"
    Set-Content "$TestDrive/labels.csv" 'file,class', 'chelsea.png,Egyptian cat', 'coffee.png,espresso', 'astronaut.png,academic gown', 'rocket.jpg,obelisk'
    Set-Content "$TestDrive/anna.csv" 'image,answer,seconds', 'chelsea.png,Egyptian_cat,1.5', 'coffee.png,teapot,2', 'astronaut.png,academic gown,2', 'rocket.jpg,na,9'
}

Describe 'Compare-CnnHumanLabel' {
    It 'compares a person with the network' {
        $study = Get-CnnPrediction $photos -Model alexnet64 -Top 1 | Compare-CnnHumanLabel "$TestDrive/anna.csv" -LabelPath "$TestDrive/labels.csv" -WarningAction SilentlyContinue
        $study | Should -BeOfType CnnVis.HumanComparison
        $study.Labelers.Labeler | Should -Be 'anna', 'alexnet64'
        $study.Labelers[0].Kind | Should -Be 'Person'
        $study.Labelers[0].Top1.Count, $study.Labelers[0].Unanswered | Should -Be 2, 1
        $pair = $study.Pairs[0]
        $pair.Count | Should -Be 4
        $pair.BothRight + $pair.OnlyFirst | Should -Be 2
        $study.HumanNetwork.Pairs | Should -Be 1
        $study.HumanHuman | Should -BeNullOrEmpty
    }

    It 'asks networks about what people saw, and draws what only one side knows' {
        $study = Compare-CnnHumanLabel "$TestDrive/anna.csv" -ImagePath $photos -Model alexnet64 -LabelPath "$TestDrive/labels.csv" -Top 1 -WarningAction SilentlyContinue
        $own = @(Get-CnnPrediction $photos -Model alexnet64).Where({ $_.Path -like '*coffee*' })[0].Class
        $study.OnlyNetworks.Pictures.Where({ $_.Image -eq 'coffee.png' }).Count | Should -Be ([int]($own -eq 'espresso'))
        foreach ($visual in $study, $study.Learning) { ($visual | Export-CnnImage "$TestDrive/{Index}.png" -Force -PassThru).Length | Should -BeGreaterThan 1000 }
        $shown = @($study.OnlyPeople, $study.OnlyNetworks).Where({ $_.Count -gt 0 })
        $shown | ForEach-Object { (Export-CnnImage "$TestDrive/only.png" -InputObject $_ -Force -PassThru).Length | Should -BeGreaterThan 1000 }
    }

    It 'lets a network stand for a person' {
        $first = Get-CnnPrediction $photos -Model alexnet64 -Top 1
        $second = $first | ForEach-Object { [pscustomobject]@{ Labeler = 'twin'; Image = $_.Path; Answer = $_.Class; Kind = 'Network' } }
        $study = @($first) + @($second) | Compare-CnnHumanLabel -LabelPath "$TestDrive/labels.csv" -Human twin -WarningAction SilentlyContinue
        $study.HumanNetwork.Kappa | Should -Be 1
        $study.OnlyPeople.Count, $study.OnlyNetworks.Count | Should -Be 0, 0
        { $study.OnlyPeople | Export-CnnImage "$TestDrive/none.png" -ErrorAction Stop } | Should -Throw -ErrorId 'NoImages*'
    }

    It 'reports what is wrong and goes on' {
        Set-Content "$TestDrive/bad.csv" 'image,answer', 'chelsea.png,Egyptian cat,3', 'coffee.png,espresso', 'unknown.png,cat'
        $study = Compare-CnnHumanLabel "$TestDrive/bad.csv", "$TestDrive/nothing.csv", $chelsea -LabelPath "$TestDrive/labels.csv" -WarningAction SilentlyContinue -ErrorAction SilentlyContinue -ErrorVariable errors
        $study.Labelers[0].Count | Should -Be 1
        $ids = $errors.ForEach({ $_.FullyQualifiedErrorId -replace ',.*' })
        $ids | Should -Contain 'InvalidArgument'
        $ids | Should -Contain 'PathNotFound'
        $ids | Should -Contain 'AnswersUnreadable'
        $ids | Should -Contain 'ClassNotFound'
        { Compare-CnnHumanLabel -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidArgument*'
        { 5 | Compare-CnnHumanLabel -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidArgument*'
    }

    It 'reads files from Get-ChildItem' {
        (Get-ChildItem "$TestDrive/anna.csv" | Compare-CnnHumanLabel -LabelPath "$TestDrive/labels.csv" -WarningAction SilentlyContinue).Labelers.Count | Should -Be 1
    }
}

Describe 'Measure-CnnHumanStudy' {
    It 'plans a study' {
        $plan = Measure-CnnHumanStudy 0.949 0.932 -Kappa 0.2
        $plan.Power | Should -BeGreaterOrEqual 0.8
        (Measure-CnnHumanStudy 0.949 0.932 -Kappa 0.2 -Count ($plan.Count - 1)).Power | Should -BeLessThan 0.8
        $plan.Hours | Should -Be ($plan.Count / 60)
        (Measure-CnnHumanStudy 0.8 0.7 -HalfWidth 0.1).HalfWidth | Should -BeLessOrEqual 0.1
    }

    It 'takes a pair of a pilot study' {
        $study = Get-CnnPrediction $photos -Model alexnet64 -Top 1 | Compare-CnnHumanLabel "$TestDrive/anna.csv" -LabelPath "$TestDrive/labels.csv" -WarningAction SilentlyContinue
        $plan = $study.Pairs | Measure-CnnHumanStudy -Count 100
        $plan.FirstAccuracy, $plan.Kappa | Should -Be $study.Pairs[0].FirstAccuracy, $study.Pairs[0].Kappa
    }

    It 'says what cannot be' {
        { Measure-CnnHumanStudy 0.9 0.9 -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidArgument*'
        { Measure-CnnHumanStudy 0.9 0.5 -Kappa 0.9 -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidArgument*'
    }
}
