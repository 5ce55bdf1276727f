BeforeAll { . "$PSScriptRoot/Common.ps1" }

Describe 'Measure-CnnHumanStudy' {
    It 'finds the number of pictures that shows a difference' {
        $plan = Measure-CnnHumanStudy 0.95 0.93 -Kappa 0.2
        $plan.Power | Should -BeGreaterOrEqual 0.8
        # Power goes in teeth with the number of pictures, because the test is exact: sixty fewer are below for sure.
        (Measure-CnnHumanStudy 0.95 0.93 -Kappa 0.2 -Count ($plan.Count - 60)).Power | Should -BeLessThan 0.8
        $plan.Hours | Should -Be ($plan.Count / 60)
    }

    It 'needs more pictures for a smaller difference, and fewer where both err alike' {
        $plan = Measure-CnnHumanStudy 0.9 0.8
        (Measure-CnnHumanStudy 0.9 0.85).Count | Should -BeGreaterThan $plan.Count
        (Measure-CnnHumanStudy 0.9 0.8 -Kappa 0.3).Count | Should -BeLessThan $plan.Count
    }

    It 'finds the number of pictures for an interval of kappa' {
        $plan = Measure-CnnHumanStudy 0.776 0.776 -Kappa 0.331 -HalfWidth 0.05
        $plan.HalfWidth | Should -BeLessOrEqual 0.05
        (Measure-CnnHumanStudy 0.776 0.776 -Kappa 0.331 -Count $plan.Count).HalfWidth | Should -BeLessOrEqual 0.0501
    }

    It 'refuses what cannot be' {
        { Measure-CnnHumanStudy 1.2 0.8 } | Should -Throw
        { Measure-CnnHumanStudy 0.9 0.9 -ErrorAction Stop } | Should -Throw
    }
}
